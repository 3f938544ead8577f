import { createHash, randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { findOpenRequest, replaceRequest } from '../store/signing-requests.ts'
import '../store/tables.ts'

export interface SigningWish {
  /** `minutes`: whose owner listens to `signatureMade`. */
  subjectKind: string
  subjectId: string
  patientId: string
  signerId: string
  role: string
  /** Of the exact version, as its owner compares it later. */
  documentDigest: string
  statement: Record<string, string>
  /** Shown to the signer; names the document, not the patient. */
  title: string
}

/**
 * Step one, in the transaction of who asks: writes down what is to be signed. The same wish finds the same request;
 * another version or another statement takes the place of one that is still open.
 */
export async function prepareSigning(work: Work, wish: SigningWish): Promise<string> {
  const digest = digestOf(wish)
  const open = await findOpenRequest(work.tx, wish)
  if (open?.digest === digest) return open.id
  if (open && !(await replaceRequest(work.tx, open, work.now))) throw platformErrors.CHANGED_MEANWHILE()
  const id = randomUUID()
  await work.tx
    .insertInto('signatures.request')
    .values({
      id,
      subject_kind: wish.subjectKind,
      subject_id: wish.subjectId,
      patient_id: wish.patientId,
      signer_id: wish.signerId,
      role: wish.role,
      document_digest: wish.documentDigest,
      statement: JSON.stringify(wish.statement),
      digest,
      title: wish.title,
      prepared_at: work.now,
      asked_at: null,
      method: null,
      proof: null,
      signed_at: null,
      completed_at: null,
      ended_at: null,
      reason: null,
    })
    .execute()
  return id
}

function digestOf({ documentDigest, signerId, role, statement }: SigningWish): string {
  const declared = Object.entries(statement).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([documentDigest, signerId, role, declared]))
    .digest('hex')
}
