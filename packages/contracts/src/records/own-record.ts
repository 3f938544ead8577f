import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { Id, Instant, LocalDate, Page, pageQuery } from '../common.ts'
import { Diagnosis, DocumentLine, EncounterLine, PatientId, Relationship } from './lines.ts'
import { DocumentFull, printed } from './documents.ts'

export const ownRecord = defineRoute({
  id: 'records.ownRecord',
  method: 'GET',
  path: '/api/record/:patientId',
  permission: 'record.own',
  summary: 'My record or a family member’s: finished visits, documents, units that may see it',
  params: PatientId,
  reply: z.object({
    fullName: z.string(),
    birthDate: LocalDate.nullable(),
    visits: z.array(
      EncounterLine.extend({
        /** Its call, where there was one: what was recorded and written there. */
        visitId: Id.nullable(),
        advice: z.string(),
        licenceNo: z.string().nullable(),
        nextAppointmentOn: LocalDate.nullable(),
        diagnoses: z.array(Diagnosis),
        observations: z.array(z.object({ code: z.string(), value: z.number(), unit: z.string() })),
      }),
    ),
    documents: z.array(DocumentLine),
    relationships: z.array(Relationship),
  }),
})

export const ownDocument = defineRoute({
  id: 'records.ownDocument',
  method: 'GET',
  path: '/api/record/:patientId/documents/:id',
  permission: 'record.own',
  summary: 'A document of my record',
  params: z.object({ patientId: Id, id: Id }),
  reply: DocumentFull,
})

export const ownDocumentPdf = defineRoute({
  id: 'records.ownDocumentPdf',
  method: 'GET',
  path: '/api/record/:patientId/documents/:id/pdf',
  permission: 'record.own',
  summary: 'A document of my record as a PDF',
  params: z.object({ patientId: Id, id: Id }),
  query: z.object(printed),
  reply: z.unknown(),
  produces: ['application/pdf'],
  etag: 'strong',
})

export const ownAccess = defineRoute({
  id: 'records.ownAccess',
  method: 'GET',
  path: '/api/record/:patientId/access',
  permission: 'record.own',
  summary: 'Who opened or changed this record: name, unit, time',
  params: PatientId,
  query: z.object(pageQuery),
  reply: Page(
    z.object({
      id: z.string(),
      at: Instant,
      personName: z.string(),
      facilityName: z.string().nullable(),
      kind: z.enum(['read', 'write', 'emergency', 'refused']),
    }),
  ),
})

export const ownRecordRoutes = { ownRecord, ownDocument, ownDocumentPdf, ownAccess }
