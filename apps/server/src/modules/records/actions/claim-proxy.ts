import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import {
  claimsPerGuardian,
  claimTextsPerPhone,
  countAttempt,
  isSameSeal,
  linkFamily,
  newCode,
  personCards,
  queueSms,
  requireAdult,
  sealCode,
} from '../../identity/index.ts'
import { normaliseIdentifier } from '../domain/identifiers.ts'
import { recordsErrors } from '../errors.ts'
import { emergencyHits } from '../store/patients.ts'
import { nameOf } from '../store/people.ts'

type Claim = HandlerInput<typeof contract.claimProxy>['body']

/** Time for the text to come and to be read out. */
const claimLifeSeconds = 900
const claimTries = { limit: 5, windowSeconds: claimLifeSeconds, blockSeconds: claimLifeSeconds }

export const sendClaimCodeJob = defineJob<{ id: string }>('records.sendClaimCode')

function ownId(work: Work): string {
  if (work.actor.personId === null) throw platformErrors.SIGN_IN_REQUIRED()
  return work.actor.personId
}

/**
 * Asks to act for somebody who has a record. The answer, what it costs and what is queued are the same whether or not
 * anybody fits; the code goes to the phone of the record by a job.
 */
export async function claimProxy(
  work: Work,
  appDb: Db,
  body: Claim,
): Promise<HandlerReply<typeof contract.claimProxy>> {
  const guardianId = ownId(work)
  const answer = { expiresInSeconds: claimLifeSeconds }
  await requireAdult(work, guardianId)
  const before = await asSystem(work, systemActor, ({ tx }) =>
    tx.selectFrom('records.proxy_claim').where('id', '=', body.id).select('guardian_id').executeTakeFirst(),
  )
  if (before && before.guardian_id !== guardianId) throw platformErrors.ID_TAKEN()
  if (before) return answer
  const wait = await countAttempt(appDb, {
    what: 'proxy-claim',
    who: guardianId,
    rule: claimsPerGuardian,
    now: work.now,
  })
  if (wait > 0) throw recordsErrors.CLAIM_TOO_MANY_TRIES({ retryAfterSeconds: wait })
  const patientId = await whoFits(work, body.who)
  const made = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .insertInto('records.proxy_claim')
      .values({
        id: body.id,
        guardian_id: guardianId,
        patient_id: patientId,
        relation: body.relation,
        consent_version: body.consentVersion,
        expires_at: new Date(work.now.getTime() + claimLifeSeconds * 1000),
        created_at: work.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst(),
  )
  if (!made) throw platformErrors.ID_TAKEN()
  await work.enqueue(sendClaimCodeJob, { id: body.id })
  work.audit({
    action: 'records.claimProxy',
    subject: 'proxy_claim',
    subjectId: body.id,
    patientId: patientId ?? undefined,
  })
  return answer
}

/** The one person these particulars fit, and not oneself; two of the same name and birth date are nobody. */
async function whoFits(work: Work, who: Claim['who']): Promise<string | null> {
  const query =
    'identifier' in who
      ? { identifiers: [{ system: who.identifier.system, value: normaliseIdentifier(who.identifier.value) }] }
      : { fullName: who.fullName, birthDate: who.birthDate, identifiers: [] }
  const [only, ...others] = await emergencyHits(work.tx, query)
  return only && others.length === 0 && only.id !== work.actor.personId ? only.id : null
}

/**
 * Sends the code of a claim to the phone of the record. Nobody, no phone, or a phone that got several today: nothing
 * goes, unsaid.
 */
export async function sendClaimCode(work: Work, appDb: Db, claimId: string): Promise<void> {
  const { tx, now } = work
  const claim = await tx
    .selectFrom('records.proxy_claim')
    .where('id', '=', claimId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
  if (!claim?.patient_id || claim.code_hash !== null || claim.expires_at <= now) return
  const people = await personCards(tx, [claim.patient_id, claim.guardian_id])
  const phone = people.find((one) => one.id === claim.patient_id)?.phone
  const asker = people.find((one) => one.id === claim.guardian_id)?.phone
  if (!phone) return
  if ((await countAttempt(appDb, { what: 'proxy-claim-text', who: phone, rule: claimTextsPerPhone, now })) > 0) return
  const code = newCode()
  await tx
    .updateTable('records.proxy_claim')
    .set({ code_hash: sealCode(appDb, `claim ${claimId}`, code) })
    .where('id', '=', claimId)
    .execute()
  await queueSms(work, {
    to: phone,
    purpose: 'proxy_claim',
    validUntil: claim.expires_at,
    // no name: what somebody calls themselves must not reach a stranger's phone
    text:
      `Mọi Nhà: người dùng số ***${asker?.slice(-3) ?? ''} xin thay bạn đặt lịch và xem hồ sơ khám bệnh. Nếu đồng ý, đọc cho họ mã ${code} ` +
      `(dùng trong ${claimLifeSeconds / 60} phút). Nếu không, đừng đưa mã này cho ai.`,
  })
}

/** The code that came to the phone of the record: from now on the guardian acts for the person. One claim, one link. */
export async function confirmProxyClaim(
  work: Work,
  appDb: Db,
  claimId: string,
  body: HandlerInput<typeof contract.confirmProxyClaim>['body'],
): Promise<HandlerReply<typeof contract.confirmProxyClaim>> {
  const guardianId = ownId(work)
  const claim = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('records.proxy_claim')
      .where('id', '=', claimId)
      .where('guardian_id', '=', guardianId)
      .selectAll()
      .forUpdate()
      .executeTakeFirst(),
  )
  if (!claim) throw platformErrors.NOT_FOUND()
  const wait = await countAttempt(appDb, { what: 'proxy-claim-code', who: claimId, rule: claimTries, now: work.now })
  if (wait > 0) throw recordsErrors.CLAIM_TOO_MANY_TRIES({ retryAfterSeconds: wait })
  const fits = isSameSeal(claim.code_hash ?? '', sealCode(appDb, `claim ${claimId}`, body.code))
  if (!fits || claim.patient_id === null || claim.expires_at <= work.now) throw recordsErrors.CLAIM_CODE_WRONG()
  const answer = { personId: claim.patient_id, fullName: await nameOf(work, claim.patient_id) }
  if (claim.confirmed_at) return answer
  await linkFamily(work, {
    id: claimId,
    guardianId,
    dependantId: claim.patient_id,
    relation: claim.relation,
    proof: 'phone_code',
    dependantAgrees: body.dependantAgrees,
    consentVersion: claim.consent_version,
  })
  await asSystem(work, systemActor, ({ tx }) =>
    tx.updateTable('records.proxy_claim').set({ confirmed_at: work.now }).where('id', '=', claimId).execute(),
  )
  work.audit({
    action: 'records.confirmProxyClaim',
    subject: 'family_member',
    subjectId: claimId,
    patientId: claim.patient_id,
  })
  return answer
}

/** The patient and home unit of a claim, for the log of a refused one. */
export async function claimedPatient(
  work: Work,
  claimId: string,
): Promise<{ patientId?: string; facilityId?: string }> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('records.proxy_claim as c')
      .innerJoin('records.patient as p', 'p.id', 'c.patient_id')
      .where('c.id', '=', claimId)
      .select(['p.id', 'p.home_facility_id'])
      .executeTakeFirst(),
  )
  return row ? { patientId: row.id, ...(row.home_facility_id && { facilityId: row.home_facility_id }) } : {}
}
