import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

/** Names one version of a document of another module. */
export interface PaperKey {
  subjectKind: string
  subjectId: string
  documentDigest: string
}

export interface SignedPaper {
  id: string
  /** The number of the newest revision. */
  revision: number
  bytes: Buffer
}

/** A paper with all that was appended to it; undefined where nobody has signed digitally. */
export async function findPaper(tx: Tx, key: PaperKey): Promise<SignedPaper | undefined> {
  const rows = await tx
    .selectFrom('signatures.document as d')
    .innerJoin('signatures.revision as r', 'r.document_id', 'd.id')
    .where('d.subject_kind', '=', key.subjectKind)
    .where('d.subject_id', '=', key.subjectId)
    .where('d.document_digest', '=', key.documentDigest)
    .select(['d.id', 'r.number', 'r.bytes'])
    .orderBy('r.number')
    .execute()
  const last = rows.at(-1)
  return last && { id: last.id, revision: last.number, bytes: Buffer.concat(rows.map((row) => row.bytes)) }
}

export interface NewPaper extends PaperKey {
  id: string
  patientId: string | null
  bytes: Uint8Array
  now: Date
}

/** Keeps the paper as it was drawn; who draws it at the same time keeps theirs in vain. */
export async function insertPaper(tx: Tx, { id, patientId, bytes, now, ...key }: NewPaper): Promise<void> {
  const made = await tx
    .insertInto('signatures.document')
    .values({
      id,
      subject_kind: key.subjectKind,
      subject_id: key.subjectId,
      patient_id: patientId,
      document_digest: key.documentDigest,
      made_at: now,
      locked_at: null,
    })
    .onConflict((conflict) => conflict.columns(['subject_kind', 'subject_id', 'document_digest']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return
  await tx
    .insertInto('signatures.revision')
    .values({ document_id: id, number: 0, bytes, request_id: null, made_at: now })
    .execute()
}

export interface NewRevision {
  documentId: string
  number: number
  bytes: Uint8Array
  requestId: string
}

/** False where another signer was faster: what was signed is not the newest any more. */
export async function insertRevision(tx: Tx, revision: NewRevision, now: Date): Promise<boolean> {
  const made = await tx
    .insertInto('signatures.revision')
    .values({
      document_id: revision.documentId,
      number: revision.number,
      bytes: revision.bytes,
      request_id: revision.requestId,
      made_at: now,
    })
    .onConflict((conflict) => conflict.columns(['document_id', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst()
  return made !== undefined
}

export async function lockPaper(tx: Tx, key: PaperKey, now: Date): Promise<void> {
  await tx
    .updateTable('signatures.document')
    .where('subject_kind', '=', key.subjectKind)
    .where('subject_id', '=', key.subjectId)
    .where('document_digest', '=', key.documentDigest)
    .where('locked_at', 'is', null)
    .set({ locked_at: now })
    .execute()
}
