import { systemActor } from '../../../platform/access/actor.ts'
import type { Config } from '../../../platform/config/config.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { personCards } from '../../identity/index.ts'
import { endAccess, fileDocument } from '../../records/index.ts'
import {
  completeSigning,
  lockSignedPaper,
  prepareSigning,
  signaturesErrors,
  voidSigning,
  type MadeSignature,
  type SigningResult,
} from '../../signatures/index.ts'
import { contentHash } from '../domain/content-hash.ts'
import { isPossible } from '../domain/life-cycle.ts'
import { signersOf, waitingFor, type Signer } from '../domain/minutes-check.ts'
import { consultsErrors } from '../errors.ts'
import { consultSigned } from '../events.ts'
import { selectConsultForUpdate, moveConsult, writeEvent } from '../store/consult-rows.ts'
import { findMinutes, signaturesOf, type MinutesRow } from '../store/minutes-rows.ts'
import type { ConsultRow } from '../store/tables.ts'
import { isSignerRefusal, refusalOfSigner, refuseSigner } from './judge-signer.ts'
import { contentOf, minutesKind, titleOf } from './minutes-content.ts'
import { endSession } from './open-session.ts'
import { lockConsult } from './part-in-case.ts'
import { recordUpperLevelPart } from './signed-consult.ts'
import { factOf, notifyConsult } from './notify-consult.ts'

export interface SigningInput {
  /** Hash of the text as the signer saw it. */
  contentHash: string
  decision?: 'accepts' | 'partly' | 'not' | undefined
  decisionReason: string
}

/**
 * First step of signing: judges, and writes down one request for each role the actor still has to sign in. They are
 * signed outside this transaction and completed by `completeMinutes`.
 */
export async function prepareMinutes(
  work: Work,
  id: string,
  minutesId: string,
  input: SigningInput,
): Promise<string[]> {
  const { row } = await lockConsult(work, id)
  const minutes = await findMinutes(work.tx, minutesId)
  if (!minutes || minutes.consult_id !== id || minutes.state === 'draft') throw consultsErrors.MINUTES_UNKNOWN()
  const mine = signersOf(minutes.content, row.requester_id).filter((signer) => signer.personId === work.actor.personId)
  if (mine.length === 0) throw consultsErrors.MINUTES_NOT_SIGNER()
  const signed = await signaturesOf(work.tx, minutesId)
  requireSameDecision(minutes, mine, signed, input)
  const open = waitingFor(mine, signed)
  if (open.length === 0) return []
  if (minutes.state !== 'proposed') throw consultsErrors.MINUTES_LOCKED()
  if (minutes.content_hash !== input.contentHash || !isPossible('sign', row)) throw consultsErrors.MINUTES_CHANGED()
  const title = titleOf(row)
  const subject = { subjectKind: 'minutes', subjectId: minutesId, patientId: row.patient_id, title }
  const requests: string[] = []
  for (const { personId, role } of open) {
    const statement = role === 'requester' ? decisionOf(input) : {}
    const documentDigest = minutes.content_hash
    requests.push(await prepareSigning(work, { ...subject, signerId: personId, role, documentDigest, statement }))
  }
  return requests
}

/**
 * Last step, in the transaction that keeps the signature: under the text that still lies before both ends it is put,
 * under any other it has no force. After the last signature the text is locked and filed in the asking unit's record.
 */
export async function completeMinutes(work: Work, made: MadeSignature, config: Config): Promise<void> {
  if (made.subjectKind !== 'minutes') return
  // whoever asks, the signer or the sweep: the signer is judged below, and by nothing that was read before
  await asSystem(work, systemActor, (system) => completeAsSystem(system, made, config))
}

async function completeAsSystem(work: Work, made: MadeSignature, config: Config): Promise<void> {
  const found = await findMinutes(work.tx, made.subjectId)
  if (!found) return voidSigning(work, made, 'MINUTES_UNKNOWN')
  const row = await selectConsultForUpdate(work, found.consult_id)
  const minutes = await findMinutes(work.tx, made.subjectId)
  const fits = minutes?.state === 'proposed' && minutes.content_hash === made.documentDigest && isPossible('sign', row)
  if (!minutes || !fits) return voidSigning(work, made, 'MINUTES_CHANGED')
  const audit = { action: 'consults.signMinutes', subject: 'minutes', subjectId: minutes.id, patientId: row.patient_id }
  const detail = { roles: made.role, signer: made.signerId }
  const refusal = await refusalOfSigner(work, row, made, config)
  if (refusal) {
    work.audit({ ...audit, outcome: 'refused', detail: { ...detail, code: refusal } })
    return voidSigning(work, made, refusal)
  }
  await putSignature(work, minutes.id, made)
  await completeSigning(work, made.requestId)
  work.audit({ ...audit, detail })
  await afterSignature(work, { row, minutes, made })
}

interface PutSignature {
  row: ConsultRow
  minutes: MinutesRow
  made: MadeSignature
}

async function afterSignature(work: Work, { row, minutes, made }: PutSignature): Promise<void> {
  const signers = signersOf(minutes.content, row.requester_id)
  const left = waitingFor(signers, await signaturesOf(work.tx, minutes.id))
  // one line for a person, who may sign in two roles
  if (!left.some(({ personId }) => personId === made.signerId))
    await writeEvent(work, row.id, { name: 'signed_by', actorId: made.signerId, at: made.signedAt })
  if (left.length === 0) await lock(work, row, minutes)
  else
    await notifyConsult(
      work,
      row,
      left.map((signer) => signer.personId),
    )
}

async function putSignature({ tx, now }: Work, minutesId: string, made: MadeSignature): Promise<void> {
  const role = made.role as Signer['role']
  if (role === 'requester') {
    const { decision, decisionReason } = made.statement
    await tx
      .updateTable('consults.minutes')
      .where('id', '=', minutesId)
      .where('state', '=', 'proposed')
      .set({ decision: (decision as SigningInput['decision'] | null) ?? null, decision_reason: decisionReason ?? '' })
      .execute()
  }
  await tx
    .insertInto('consults.signature')
    .values({
      minutes_id: minutesId,
      person_id: made.signerId,
      role,
      signed_at: made.signedAt,
      completed_at: now,
      method: made.method,
      content_hash: made.documentDigest,
      proof: JSON.stringify(made.proof),
    })
    .onConflict((conflict) => conflict.columns(['minutes_id', 'person_id', 'role']).doNothing())
    .execute()
}

/**
 * What became of the requests, for who asked: refuses what came to nothing; true where a signature is still awaited.
 */
export function isAwaited(results: readonly SigningResult[]): boolean {
  const ended = results.find(({ state }) => state === 'void')
  if (ended && isSignerRefusal(ended.reason)) refuseSigner(ended.reason)
  if (ended?.reason === 'REPLACED') throw signaturesErrors.SIGNING_REPLACED()
  if (ended) throw consultsErrors.MINUTES_CHANGED()
  if (results.some(({ state }) => state === 'declined')) throw signaturesErrors.SIGNING_DECLINED()
  return results.some(({ state }) => state === 'prepared')
}

/** What was signed stands: another decision under the same signature is refused, the same one sent again is not. */
function requireSameDecision(
  minutes: MinutesRow,
  mine: readonly Signer[],
  signed: readonly Signer[],
  { decision, decisionReason }: SigningInput,
): void {
  const decided = mine.find(({ role }) => role === 'requester')
  if (!decision || !decided || waitingFor([decided], signed).length > 0) return
  if (decision !== minutes.decision || decisionReason !== minutes.decision_reason)
    throw consultsErrors.MINUTES_DECISION_STANDS({ decision: minutes.decision })
}

/** The local clinician says what becomes of the advice; anything but "accepts" needs its reason (forms §2). */
function decisionOf({ decision, decisionReason }: SigningInput): Record<string, string> {
  if (!decision || (decision !== 'accepts' && decisionReason === '')) throw consultsErrors.MINUTES_DECISION_MISSING()
  return { decision, decisionReason }
}

async function lock(work: Work, row: ConsultRow, minutes: MinutesRow): Promise<void> {
  const minutesId = minutes.id
  const first = row.status === 'minutes'
  await work.tx
    .updateTable('consults.minutes')
    .where('consult_id', '=', row.id)
    .where('state', '=', 'locked')
    .set({ state: 'superseded' })
    .execute()
  await work.tx
    .updateTable('consults.minutes')
    .where('id', '=', minutesId)
    .where('state', '=', 'proposed')
    .set({ state: 'locked', locked_at: work.now })
    .execute()
  const after = await moveConsult(work, row, 'lock', {
    signed_at: row.signed_at ?? (await lastSignedAt(work, minutesId)),
    event: { name: 'signed' },
  })
  await asSystem(work, systemActor, async (system) => {
    const paper = { subjectKind: 'minutes', subjectId: minutesId, documentDigest: minutes.content_hash }
    await lockSignedPaper(system, paper)
    await file(system, after, minutesId)
    if (first) {
      // the case may never be closed: the consultant's way into the record has its end from now on
      await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'signed' })
      await recordUpperLevelPart(system, row.encounter_id)
      await endSession(system, after)
      await system.emit(consultSigned, factOf(after, after.signed_at ?? work.now))
    }
    await notifyConsult(system, after, [row.requester_id])
  })
}

/** When the last of them signed, whenever that was heard of. */
async function lastSignedAt({ tx, now }: Work, minutesId: string): Promise<Date> {
  const times = (await signaturesOf(tx, minutesId)).map(({ signedAt }) => signedAt.getTime())
  return times.length > 0 ? new Date(Math.max(...times)) : now
}

async function file(system: Work, row: ConsultRow, minutesId: string): Promise<void> {
  const minutes = await findMinutes(system.tx, minutesId)
  if (!minutes) throw consultsErrors.MINUTES_UNKNOWN()
  const content = {
    ...(await contentOf(system, row, minutes)),
    decision: minutes.decision,
    decisionReason: minutes.decision_reason,
    signatures: await namedSignatures(system.tx, minutesId),
  }
  await fileDocument(system, {
    id: row.id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
    facilityId: row.requesting_facility_id,
    kind: minutesKind,
    title: titleOf(row),
    version: await lockedSoFar(system, row.id),
    content: { ...content, fileHash: contentHash(content) },
  })
}

/** Names as they are today: a filed copy is read without asking who signed. */
async function namedSignatures(tx: Work['tx'], minutesId: string) {
  const signatures = await signaturesOf(tx, minutesId)
  const signers = signatures.map((line) => line.personId)
  const names = new Map((await personCards(tx, signers)).map((card) => [card.id, card.fullName]))
  return signatures.map((line) => ({
    name: names.get(line.personId) ?? '',
    role: line.role,
    signedAt: line.signedAt.toISOString(),
    method: line.method,
  }))
}

/** The record counts filed versions; drafts that were never signed have numbers of their own here. */
async function lockedSoFar({ tx }: Work, consultId: string): Promise<number> {
  const counted = await tx
    .selectFrom('consults.minutes')
    .where('consult_id', '=', consultId)
    .where('locked_at', 'is not', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return Number(counted?.count ?? 1)
}
