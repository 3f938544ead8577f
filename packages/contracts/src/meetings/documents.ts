import { z } from 'zod'
import { Done, Id } from '../common.ts'
import { defineRoute } from '../route.ts'

const documentParams = z.object({ id: Id, documentId: Id })
const office = 'application/vnd.openxmlformats-officedocument'

/**
 * Told beside the bytes of a paper: an upload of purpose `meeting_document` whose subject is the meeting. Its file name
 * is its name, the id of the file that of the document.
 */
export const DocumentPlace = z.object({ agendaItemId: Id.nullable().default(null) })

export const removeDocument = defineRoute({
  id: 'meetings.removeDocument',
  method: 'DELETE',
  path: '/api/meetings/:id/documents/:documentId',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Take a document off a meeting, its file with it',
  params: documentParams,
  reply: Done,
})

export const openDocument = defineRoute({
  id: 'meetings.openDocument',
  method: 'GET',
  path: '/api/meetings/:id/documents/:documentId/content',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'The file of a document, whole or a part, for everybody who is invited',
  params: documentParams,
  reply: z.unknown(),
  replies: { 206: z.unknown() },
  produces: [
    'application/pdf',
    `${office}.wordprocessingml.document`,
    `${office}.spreadsheetml.sheet`,
    `${office}.presentationml.presentation`,
    'image/jpeg',
    'image/png',
    'image/webp',
  ],
})

export const documentRoutes = { removeDocument, openDocument }
