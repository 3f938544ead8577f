import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { documentKinds } from '../document-kinds.ts'
import { documentOr404 } from '../store/documents.ts'

export interface DocumentFiled {
  id: string
  patientId: string
  encounterId: string | null
  facilityId: string
  /** Code of a kind some module declares. */
  kind: string
  title: string
  /** 1, then one more per correction: a version once filed never changes. */
  version: number
  content: Record<string, unknown>
}

/**
 * Files a document in a patient's record; the caller's policy said yes. The same version twice is once. Its kind must
 * be declared and its content such a document: what is filed wrong would stay so. An id that stands for another paper
 * is refused, whoever chose it.
 */
export async function fileDocument(work: Work, document: DocumentFiled): Promise<void> {
  work.registries.require(documentKinds, document.kind).check(document.content)
  await asSystem(work, systemActor, async (system) => {
    await requireOwnId(system, document)
    await insertVersion(system, document, work.actor.personId)
  })
  work.audit({
    action: 'records.fileDocument',
    subject: 'document',
    subjectId: document.id,
    patientId: document.patientId,
    facilityId: document.facilityId,
    detail: { kind: document.kind, version: document.version },
  })
}

async function requireOwnId({ tx }: Work, { id, patientId, kind }: DocumentFiled): Promise<void> {
  const standing = await tx
    .selectFrom('records.document')
    .where('id', '=', id)
    .where((is) => is.or([is('patient_id', '<>', patientId), is('kind', '<>', kind)]))
    .select('id')
    .executeTakeFirst()
  if (standing) throw platformErrors.ID_TAKEN()
}

async function insertVersion({ tx, now }: Work, document: DocumentFiled, author: string | null): Promise<void> {
  await tx
    .insertInto('records.document')
    .values({
      id: document.id,
      version: document.version,
      patient_id: document.patientId,
      encounter_id: document.encounterId,
      facility_id: document.facilityId,
      kind: document.kind,
      title: document.title,
      content: JSON.stringify(document.content),
      created_by: author,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['id', 'version']).doNothing())
    .execute()
}

/** A document whole, where the actor may see its patient. */
export async function readDocument(
  work: Work,
  id: string,
  version?: number,
): Promise<HandlerReply<typeof contract.readDocument>> {
  const document = await documentOr404(work, id, version)
  work.audit({
    action: 'records.readDocument',
    subject: 'document',
    subjectId: id,
    patientId: document.patientId,
    detail: { version: document.version },
  })
  return document
}
