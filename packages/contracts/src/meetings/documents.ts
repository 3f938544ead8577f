import { z } from 'zod'
import { Done, Id, Line } from '../common.ts'
import { defineRoute } from '../route.ts'
import { MeetingDocument } from './fields.ts'

const documentParams = z.object({ id: Id, documentId: Id })

export const addDocument = defineRoute({
  id: 'meetings.addDocument',
  method: 'PUT',
  path: '/api/meetings/:id/documents/:documentId',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Add an uploaded file to a meeting; the file was sent under the purpose `meeting_document`',
  params: documentParams,
  body: z.object({ fileId: Id, name: Line(200), agendaItemId: Id.nullable().default(null) }),
  reply: MeetingDocument,
})

export const removeDocument = defineRoute({
  id: 'meetings.removeDocument',
  method: 'DELETE',
  path: '/api/meetings/:id/documents/:documentId',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Take a document off a meeting',
  params: documentParams,
  reply: Done,
})

export const openDocument = defineRoute({
  id: 'meetings.openDocument',
  method: 'GET',
  path: '/api/meetings/:id/documents/:documentId/content',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'The file of a document, for everybody who is invited',
  params: documentParams,
  produces: ['application/octet-stream'],
  reply: z.unknown(),
})

export const documentRoutes = { addDocument, removeDocument, openDocument }
