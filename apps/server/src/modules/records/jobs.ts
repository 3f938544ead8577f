import { sql } from 'kysely'
import { systemActor } from '../../platform/access/actor.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { familyLinked, familyLinkEnded, type FamilyLink } from '../identity/index.ts'
import { sendClaimCode, sendClaimCodeJob } from './actions/claim-proxy.ts'
import { endFormerHomes, sweepCare } from './actions/sweep-care.ts'
import { tellOfBrokenGlass } from './actions/tell-of-broken-glass.ts'
import { glassBroken } from './domain/events.ts'

/** Ends forgotten ways into records, each night. */
const sweepAccess = defineJob<Record<string, never>>('records.sweepCare', {
  vi: 'Kết thúc quyền xem hồ sơ đã hết hạn',
  en: 'End care relationships nobody stands behind',
})

const sweepCodes = defineJob<Record<string, never>>('records.sweepCodes', {
  vi: 'Dọn mã giám hộ đã hết hạn',
  en: 'Clear ended codes of guardians',
})

export function recordsJobs(platform: Platform): void {
  const { jobs, events, transact, log } = platform
  proxyJobs(platform)
  events.on(glassBroken, tellOfBrokenGlass)
  jobs.onOutside(sweepAccess, async () => {
    const moved = await transact(systemActor, endFormerHomes, 'records.sweepCare')
    const ended = moved + (await sweepCare(transact))
    log.info({ ended }, 'forgotten ways into records ended')
  })
  // twenty past one at night in Vietnam; the crontab speaks UTC
  jobs.every('20 18 * * *', sweepAccess)
}

/** Claims and handles, and what is written down when somebody begins or ceases to act for a patient. */
function proxyJobs({ jobs, events, db }: Platform): void {
  jobs.on(sendClaimCodeJob, (work, { id }) => sendClaimCode(work, db, id))
  jobs.on(sweepCodes, async ({ tx }) => {
    await sql`delete from records.proxy_claim where expires_at < now()`.execute(tx)
    await sql`delete from records.emergency_handle where expires_at < now()`.execute(tx)
  })
  jobs.every('37 19 * * *', sweepCodes)
  events.on(familyLinked, (work, link) => noteProxy(work, link, 'records.proxyStarted'))
  events.on(familyLinkEnded, (work, link) => noteProxy(work, link, 'records.proxyEnded'))
}

/** Who acts for a patient is written down with the patient and the home unit, and told to screens of that unit. */
async function noteProxy(work: Work, { linkId, dependantId }: FamilyLink, action: string): Promise<void> {
  const patient = await asSystem(work, systemActor, ({ tx }) =>
    tx.selectFrom('records.patient').where('id', '=', dependantId).select('home_facility_id').executeTakeFirst(),
  )
  const facilityId = patient?.home_facility_id ?? undefined
  work.audit({ action, subject: 'family_member', subjectId: linkId, patientId: dependantId, facilityId })
  if (facilityId) await work.live(`facility:${facilityId}`, 'records.guardiansChanged', { patientId: dependantId })
}
