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

export const readDocument = defineRoute({
  id: 'records.readDocument',
  method: 'GET',
  path: '/api/documents/:id',
  permission: 'patient.read',
  summary: 'A filed document, newest version unless asked',
  params: ById,
  query: z.object({ version: z.coerce.number().pipe(Version).optional() }),
  reply: DocumentFull,
})

export const documentRoutes = { readDocument }
