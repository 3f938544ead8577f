import { DocumentPlace } from '@moinha/contracts/meetings'
import type { FastifyRequest } from 'fastify'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { StoredFile } from '../../../platform/files/file-rows.ts'
import type { Files } from '../../../platform/files/files.ts'
import { meetingErrors } from '../errors.ts'
import { documentsOf, hasDocument } from '../store/document-rows.ts'
import { notifyInvited } from './notify-invited.ts'
import { requireHost, requireVisible } from './require-meeting.ts'

/** More is an archive, not an agenda. */
const maxDocuments = 40

/** Papers are added by whoever leads the meeting, before, while and after it runs. */
export async function requireRoomForDocument(work: Work, meetingId: string): Promise<void> {
  const { meeting } = await requireHost(work, meetingId)
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  const present = await asSystem(work, systemActor, ({ tx }) => documentsOf(tx, meetingId))
  if (present.length >= maxDocuments) throw meetingErrors.MEETING_TOO_MANY_DOCUMENTS({ max: maxDocuments })
}

/** A file that was sent for a meeting is its paper; taken twice it is one. */
export async function keepDocument(work: Work, file: StoredFile): Promise<void> {
  const place = DocumentPlace.safeParse(file.detail)
  await asSystem(work, systemActor, async (system) => {
    await system.tx
      .insertInto('meetings.document')
      .values({
        id: file.id,
        meeting_id: file.subjectId,
        agenda_item_id: place.data?.agendaItemId ?? null,
        name: file.name,
        media_type: file.mediaType,
        size: file.size,
        added_by: work.actor.personId,
        added_at: work.now,
        removed_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await notifyInvited(system, [file.subjectId], 'meeting.changed')
  })
  work.audit({ action: 'meetings.addDocument', subject: 'meeting', subjectId: file.subjectId })
}

interface Place {
  id: string
  documentId: string
}

/** Takes a paper off a meeting, its file with it; twice is once. */
export async function removeDocument(work: Work, { id, documentId }: Place, files: Files): Promise<void> {
  await requireHost(work, id)
  const { numUpdatedRows } = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .updateTable('meetings.document')
      .set({ removed_at: work.now })
      .where('id', '=', documentId)
      .where('meeting_id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) return
  await files.remove(work, documentId)
  work.audit({ action: 'meetings.removeDocument', subject: 'meeting', subjectId: id })
}

/** The file of a paper, for all who may see the meeting. */
export async function openDocument(
  work: Work,
  { id, documentId }: Place,
  given: { files: Files; request: FastifyRequest },
) {
  await requireVisible(work, id)
  if (!(await hasDocument(work.tx, id, documentId))) throw meetingErrors.MEETING_DOCUMENT_UNKNOWN()
  work.audit({ action: 'meetings.openDocument', subject: 'meeting', subjectId: id })
  return given.files.serve(work, documentId, { request: given.request })
}
