import { z } from 'zod'
import { ById, Id, Version } from '../common.ts'
import { SheetPart } from '../filed-document.ts'
import { defineRoute } from '../route.ts'
import { DocumentLine } from './lines.ts'

export const DocumentFull = DocumentLine.extend({
  patientId: Id,
  patientName: z.string(),
  sheet: z.array(SheetPart),
  versions: z.array(z.number().int()),
})

const version = z.coerce.number().pipe(Version).optional()

export const readDocument = defineRoute({
  id: 'records.readDocument',
  method: 'GET',
  path: '/api/documents/:id',
  permission: 'patient.read',
  summary: 'A filed document, newest version unless asked',
  params: ById,
  query: z.object({ version }),
  reply: DocumentFull,
})

/** Without `paper`: the size that is usual for its kind. */
export const printed = { paper: z.enum(['a4', 'a5']).optional() }

export const documentPdf = defineRoute({
  id: 'records.documentPdf',
  method: 'GET',
  path: '/api/documents/:id/pdf',
  permission: 'patient.read',
  summary: 'A filed document as a PDF with its official head, newest version unless asked',
  params: ById,
  query: z.object({ ...printed, version }),
  reply: z.unknown(),
  produces: ['application/pdf'],
  etag: 'strong',
})

export const summariseEncounter = defineRoute({
  id: 'records.summariseEncounter',
  method: 'POST',
  path: '/api/encounters/:id/summary',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'File the summary of a finished encounter; the same document again, a new version after a correction',
  params: ById,
  reply: ById,
})

export const documentRoutes = { readDocument, documentPdf, summariseEncounter }
