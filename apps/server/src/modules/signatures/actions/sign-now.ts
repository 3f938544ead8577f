import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { CodedError } from '../../../platform/errors/coded-error.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { signatureEnded, signatureMade, type MadeSignature } from '../events.ts'
import type { SigningAnswer, SigningService } from '../ports/signing-service.ts'
import {
  endOldRequests,
  endRequestsOf,
  findRequest,
  takeToService,
  turnRequest,
  type SigningRequest,
} from '../store/signing-requests.ts'
import { insertRevision, type NewRevision } from '../store/signed-papers.ts'
import type { SigningState } from '../store/tables.ts'

/** Where a request stands, and why it came to nothing. */
export interface SigningResult {
  state: SigningState
  reason: string | null
}

/**
 * Steps two and three: asks the service with no transaction open, then keeps the signature and has the document's owner
 * complete it, in one transaction. May run twice and at the same time: the service knows the id, and the state is
 * compared and set. Throws where the service does not answer; the request then waits for the sweep.
 */
export async function signRequest(begin: BeginStep, service: SigningService, id: string): Promise<SigningResult> {
  for (let tries = 1; ; tries++) {
    const request = await begin(({ tx }) => takeToService(tx, id))
    if (!request) return (await begin(({ tx }) => findRequest(tx, id))) ?? { state: 'void', reason: 'UNKNOWN' }
    const answer = await ask(service, request)
    if (answer.state === 'waiting') return request
    try {
      return await keepAnswer(begin, request, answer)
    } catch (error) {
      // another signer of the same paper was faster: theirs stands, and this one signs what is the newest now
      if (!(error instanceof RevisionTaken) || tries >= mostTries) throw error
    }
  }
}

/** More signers of one moment than any paper has. */
const mostTries = 12

class RevisionTaken extends Error {}
/** The paper's owner did not take the signature, so that nothing of it may be appended. */
class NotTaken extends Error {}

type Given = Exclude<SigningAnswer, { state: 'waiting' }>

async function keepAnswer(begin: BeginStep, request: SigningRequest, answer: Given): Promise<SigningResult> {
  const kept = async (work: Work): Promise<SigningResult> => (await findRequest(work.tx, request.id)) ?? request
  try {
    return await begin(async (work) => {
      await keep(work, request, answer)
      const result = await kept(work)
      if (result.state === 'void' && 'revision' in answer && answer.revision) throw new NotTaken()
      return result
    })
  } catch (error) {
    if (!(error instanceof NotTaken) || answer.state !== 'signed') throw error
    const { revision: _, ...without } = answer
    return begin(async (work) => {
      await keep(work, request, without)
      return kept(work)
    })
  }
}

/** The service did not answer, or not in its own words; it is asked again later. */
export class NoAnswer extends Error {}

async function ask(service: SigningService, request: SigningRequest): Promise<SigningAnswer> {
  try {
    return await service.sign({
      id: request.id,
      subjectKind: request.subject_kind,
      subjectId: request.subject_id,
      patientId: request.patient_id,
      documentDigest: request.document_digest,
      signerId: request.signer_id,
      role: request.role,
      digest: request.digest,
      title: request.title,
      statement: request.statement as Record<string, string>,
      preparedAt: request.prepared_at,
    })
  } catch (error) {
    if (error instanceof CodedError) throw error
    throw new NoAnswer(String(error), { cause: error })
  }
}

async function keep(work: Work, request: SigningRequest, answer: Given): Promise<void> {
  const from = 'prepared'
  if (answer.state === 'declined') {
    const set = { ended_at: work.now, reason: answer.reason }
    if (await turnRequest(work.tx, request.id, { from, to: 'declined', set }))
      await tellEnded(work, request, set.reason)
    return
  }
  const { method, proof } = answer
  if (!isPossibleTime(answer.signedAt, request.prepared_at, work.now))
    throw new NoAnswer(`signed at ${answer.signedAt.toISOString()}`)
  // a clock that is ahead within the tolerance: what is known of now was not signed later, nor in the next quarter
  const signedAt = new Date(Math.min(answer.signedAt.getTime(), work.now.getTime()))
  const set = { method, proof: JSON.stringify(proof), signed_at: signedAt }
  if (!(await turnRequest(work.tx, request.id, { from, to: 'signed', set }))) return
  if (answer.revision) await append(work, { ...answer.revision, requestId: request.id })
  await work.emit(signatureMade, {
    requestId: request.id,
    subjectKind: request.subject_kind,
    subjectId: request.subject_id,
    signerId: request.signer_id,
    role: request.role,
    documentDigest: request.document_digest,
    statement: request.statement as Record<string, string>,
    method,
    proof: { ...proof },
    preparedAt: request.prepared_at,
    signedAt,
  })
}

async function append(work: Work, revision: NewRevision): Promise<void> {
  const made = await asSystem(work, systemActor, ({ tx, now }) => insertRevision(tx, revision, now))
  if (!made) throw new RevisionTaken()
}

/** How far the clocks of a signer's device and of the server may differ: house rule. */
const clockDifferenceMs = 5 * 60_000

/** Nobody signs before they are asked, or later than now. */
function isPossibleTime(signedAt: Date, preparedAt: Date, now: Date): boolean {
  const at = signedAt.getTime()
  return at >= preparedAt.getTime() - clockDifferenceMs && at <= now.getTime() + clockDifferenceMs
}

/** The owner of the document has put the signature where it belongs. */
export async function completeSigning({ tx, now }: Work, id: string): Promise<void> {
  await turnRequest(tx, id, { from: 'signed', to: 'completed', set: { completed_at: now } })
}

/**
 * The document is no longer the one that was signed, or its signer may no longer sign it: the signature has no force,
 * which is told. `reason` is a code.
 */
export async function voidSigning(work: Work, made: MadeSignature, reason: string): Promise<void> {
  const { subjectKind, subjectId, signerId, preparedAt } = made
  const set = { ended_at: work.now, reason }
  if (await turnRequest(work.tx, made.requestId, { from: 'signed', to: 'void', set }))
    await work.emit(signatureEnded, { subjectKind, subjectId, signerId, preparedAt, reason })
}

/** Ends what nobody signed in so many hours, and tells whose it was. */
export async function endUnsigned(work: Work, hours: number): Promise<void> {
  for (const request of await endOldRequests(work.tx, hours)) await tellEnded(work, request, 'EXPIRED')
}

/**
 * What was to be signed with a key that is gone: without one the next asking would take it for a click, which was never
 * what its signer was asked for.
 */
export function endWithKey(work: Work, signerId: string): Promise<void> {
  return asSystem(work, systemActor, async (system) => {
    const reason = 'KEY_REMOVED'
    const ended = await endRequestsOf(system.tx, signerId, { reason, now: system.now })
    for (const request of ended) await tellEnded(system, request, reason)
  })
}

type Ended = Pick<SigningRequest, 'subject_kind' | 'subject_id' | 'signer_id' | 'prepared_at'>

const tellEnded = (work: Work, request: Ended, reason: string): Promise<void> =>
  work.emit(signatureEnded, {
    subjectKind: request.subject_kind,
    subjectId: request.subject_id,
    signerId: request.signer_id,
    preparedAt: request.prepared_at,
    reason,
  })
