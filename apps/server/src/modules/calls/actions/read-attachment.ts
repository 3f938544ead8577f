import type { FastifyRequest } from 'fastify'
import type { Work } from '../../../platform/db/work.ts'
import type { Files } from '../../../platform/files/files.ts'
import type { Answer } from '../../../platform/http/reply.ts'
import { callsErrors } from '../errors.ts'
import { findMessage } from '../store/message-rows.ts'
import { readingVisit } from '../visit-readers.ts'
import { patientsOf } from './read-visits.ts'

interface Asked {
  visitId: string
  messageId: string
  request: FastifyRequest
}

/** The file of a message for whoever may read the message; its id alone opens nothing. */
export async function readAttachment(work: Work, files: Files, asked: Asked): Promise<Answer> {
  const { visitId, messageId, request } = asked
  const { tx } = await readingVisit(work, visitId, 'messages')
  const message = await findMessage(tx, messageId)
  const isFile = message?.kind === 'photo' || message?.kind === 'voice'
  if (message?.visit_id !== visitId || !isFile) throw callsErrors.MESSAGE_UNKNOWN()
  work.audit({
    action: 'calls.readAttachment',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
    detail: { kind: message.kind },
  })
  return files.serve(work, messageId, { request })
}
