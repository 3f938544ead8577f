import { z } from 'zod'
import { Id, Instant, Items, Page, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'
import { FactKind, FactStatus } from './facts.ts'
import { DocumentLine, EncounterLine, PatientId } from './lines.ts'

const entry = <const K extends string, Shape extends z.ZodRawShape>(kind: K, shape: Shape) =>
  z.object({ kind: z.literal(kind), id: Id, at: Instant, ...shape })

/** What happened to a patient; `id` is of the encounter, the document, a measurement of the set, or the fact. */
export const TimelineEntry = z.discriminatedUnion('kind', [
  entry('encounter', { encounter: EncounterLine }),
  entry('document', { document: DocumentLine }),
  entry('measurements', {
    encounterId: Id,
    values: z.array(z.object({ code: z.string(), display: z.string(), value: z.number(), unit: z.string() })),
  }),
  entry('fact', {
    fact: z.object({
      kind: FactKind,
      status: FactStatus,
      display: z.string(),
      /** Number of the version that this entry tells of; 1 where it was first written. */
      no: z.number().int(),
      reason: z.string().nullable(),
      authorName: z.string(),
    }),
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const patientTimeline = defineRoute({
  id: 'records.patientTimeline',
  method: 'GET',
  path: '/api/patients/:patientId/timeline',
  permission: 'patient.read',
  summary: 'Everything of a patient along one line, newest first: encounters, measurements, documents, history',
  params: PatientId,
  query: z.object(pageQuery),
  reply: Page(TimelineEntry),
})

export const patientReadings = defineRoute({
  id: 'records.patientReadings',
  method: 'GET',
  path: '/api/patients/:patientId/readings',
  permission: 'patient.read',
  summary: 'Blood pressure, weight and glucose of a patient over time: the latest 60 of each, oldest first',
  params: PatientId,
  reply: Items(z.object({ code: z.string(), value: z.number(), takenAt: Instant, encounterId: Id })),
})

export const historyRoutes = { patientTimeline, patientReadings }
