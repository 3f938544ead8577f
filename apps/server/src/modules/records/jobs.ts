import { sql } from 'kysely'
import { systemActor } from '../../platform/access/actor.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { familyLinked, familyLinkEnded, type FamilyLink } from '../identity/index.ts'
import { sendClaimCode, sendClaimCodeJob } from './actions/claim-proxy.ts'

const sweepJob = defineJob<Record<string, never>>('records.sweepCodes')

export function jobs({ jobs: queue, events, db }: Platform): void {
  queue.on(sendClaimCodeJob, (work, { id }) => sendClaimCode(work, db, id))
  queue.on(sweepJob, async ({ tx }) => {
    await sql`delete from records.proxy_claim where expires_at < now()`.execute(tx)
    await sql`delete from records.emergency_handle where expires_at < now()`.execute(tx)
  })
  queue.every('37 19 * * *', sweepJob)
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
