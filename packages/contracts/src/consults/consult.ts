import { z } from 'zod'
import { ById, Id, Instant, LocalDate, Names, Page, pageQuery } from '../common.ts'
import { SpecialtyCode } from '../roster.ts'
import { defineRoute } from '../route.ts'
import { ConsultStatus, InformedHow, Named, PatientOutcomeCode, RingReason, RingResult, Urgency } from './codes.ts'
import { Minutes, MinutesMember } from './minutes.ts'

export const RingStep = z.object({
  step: z.number().int(),
  personId: Id,
  fullName: z.string(),
  title: z.string(),
  facilityName: z.string(),
  reason: RingReason,
  rungAt: Instant,
  deadlineAt: Instant,
  ringResult: RingResult,
  endedAt: Instant.nullable(),
})

export const ConsultEvent = z.object({
  at: Instant,
  name: z.string(),
  by: z.string().nullable(),
  step: z.number().int().nullable(),
  note: z.string().nullable(),
})

export const Opinion = z.object({
  id: Id,
  authorId: Id,
  authorName: z.string(),
  authorTitle: z.string(),
  end: z.enum(['requesting', 'supporting']),
  text: z.string(),
  writtenAt: Instant,
})

const may = z.object({
  edit: z.boolean(),
  submit: z.boolean(),
  cancel: z.boolean(),
  accept: z.boolean(),
  decline: z.boolean(),
  return: z.boolean(),
  schedule: z.boolean(),
  start: z.boolean(),
  join: z.boolean(),
  opinion: z.boolean(),
  minutes: z.boolean(),
  sign: z.boolean(),
  report: z.boolean(),
  close: z.boolean(),
})

const listFields = {
  id: Id,
  number: z.string().nullable(),
  status: ConsultStatus,
  urgency: Urgency,
  specialty: SpecialtyCode,
  specialtyName: Names,
  patient: z.object({
    id: Id,
    fullName: z.string(),
    sex: z.enum(['male', 'female', 'unknown']),
    birthDate: LocalDate.nullable(),
  }),
  requestingFacility: Named,
  supportingFacility: Named.nullable(),
  requester: Named,
  consultant: Named.nullable(),
  question: z.string(),
  diagnosis: z.string(),
  createdAt: Instant,
  submittedAt: Instant.nullable(),
  scheduledAt: Instant.nullable(),
  /** The ring that runs now. */
  ring: z
    .object({
      step: z.number().int(),
      personId: Id,
      fullName: z.string(),
      facilityName: z.string(),
      reason: RingReason,
      rungAt: Instant,
      deadlineAt: Instant,
    })
    .nullable(),
}

export const ConsultLine = z.object(listFields)
export type ConsultLine = z.infer<typeof ConsultLine>

export const Consult = z.object({
  ...listFields,
  encounterId: Id,
  visitId: Id.nullable(),
  version: z.number().int(),
  side: z.enum(['requesting', 'supporting', 'lead']),
  requesterCard: z.object({ title: z.string(), licenceNo: z.string() }),
  /** The hospital’s number, for a call when nobody answers. */
  phone: z.string().nullable(),
  questions: z.array(z.object({ no: z.number().int(), text: z.string() })),
  history: z.string(),
  treatment: z.string(),
  allergies: z.string(),
  icd10: z.string(),
  patientInformed: z.object({ at: Instant, how: InformedHow }).nullable(),
  preferredAt: Instant.nullable(),
  returnReason: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** Whether the encounter goes on; about one that is over nothing can be asked. */
  encounterOpen: z.boolean(),
  vitals: z.array(
    z.object({ code: z.string(), display: z.string(), value: z.number(), unit: z.string(), takenAt: Instant }),
  ),
  rings: z.array(RingStep),
  events: z.array(ConsultEvent),
  opinions: z.array(Opinion),
  minutes: Minutes.nullable(),
  /** Who may be named in the minutes, with unit, title and licence as posted today. */
  people: z.array(MinutesMember),
  patientOutcome: z.object({ code: PatientOutcomeCode, text: z.string(), at: Instant, by: z.string() }).nullable(),
  serverNow: Instant,
  may,
})
export type Consult = z.infer<typeof Consult>

export const list = defineRoute({
  id: 'consults.list',
  method: 'GET',
  path: '/api/consults',
  permission: 'consult.read',
  summary:
    'Consults: rung to me or mine (incoming), my unit’s requests (outgoing), those of the hospital I lead (unit)',
  query: z.object({
    box: z.enum(['incoming', 'outgoing', 'unit']),
    state: z.enum(['open', 'done', 'all']).default('open'),
    encounterId: Id.optional(),
    ...pageQuery,
  }),
  reply: Page(ConsultLine),
})

export const get = defineRoute({
  id: 'consults.get',
  method: 'GET',
  path: '/api/consults/:id',
  permission: 'consult.read',
  summary: 'One case with all that belongs to it',
  params: ById,
  reply: Consult,
})

export const consultRoutes = { list, get }
