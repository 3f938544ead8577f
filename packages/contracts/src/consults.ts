import { z } from 'zod'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  Names,
  OptionalLine,
  OptionalText,
  Page,
  Text,
  pageQuery,
} from './common.ts'
import { defineRoute } from './route.ts'
import { Presence, SpecialtyCode } from './roster.ts'

export const Urgency = z.enum(['urgent', 'scheduled'])
export type Urgency = z.infer<typeof Urgency>

/** Source: domain notes on forms, §1 and house §4. */
export const ConsultStatus = z.enum([
  'draft',
  'submitted',
  'unanswered',
  'accepted',
  'returned',
  'scheduled',
  'in_session',
  'minutes',
  'signed',
  'outcome',
  'closed',
  'cancelled',
])
export type ConsultStatus = z.infer<typeof ConsultStatus>

/** Why somebody is rung. */
export const RingReason = z.enum(['ON_DUTY_ONLINE', 'ON_DUTY_BUSY', 'ON_DUTY_OFFLINE', 'BACKUP', 'DUTY_LEAD'])
export type RingReason = z.infer<typeof RingReason>

export const RingResult = z.enum(['ringing', 'answered', 'silent', 'declined', 'stopped'])

const Named = z.object({ id: Id, name: z.string() })

// ---- what the requester writes -----------------------------------------------------------------------

export const InformedHow = z.enum(['in_person', 'by_video', 'by_phone', 'written'])

const draftFields = {
  encounterId: Id,
  specialty: SpecialtyCode,
  urgency: Urgency,
  questions: z.array(Text(1000)).min(1).max(10),
  history: OptionalText(4000),
  treatment: OptionalText(4000),
  allergies: OptionalText(1000),
  diagnosis: OptionalText(500),
  icd10: OptionalLine(12).default(''),
  /** The patient was told of the support service and agrees (REQ-TELE-10). */
  patientInformed: z.object({ at: Instant, how: InformedHow }).nullable(),
  preferredAt: Instant.nullable().default(null),
}

// ---- what everyone of the case reads --------------------------------------------------------------

export const RouteCandidate = z.object({
  personId: Id,
  fullName: z.string(),
  title: z.string(),
  facilityId: Id,
  facilityName: z.string(),
  reason: RingReason,
  presence: Presence,
  waitSeconds: z.number().int(),
})

/** Which link of the chain is missing, and whom to ask instead. */
export const MissingLink = z.object({
  missing: z.enum(['SUPPORT_LINK', 'ROSTER']),
  facilityName: z.string(),
  specialty: SpecialtyCode,
  specialtyName: z.string(),
  date: LocalDate,
  offer: z
    .object({
      personId: Id,
      fullName: z.string(),
      facilityId: Id,
      facilityName: z.string(),
      phone: z.string().nullable(),
    })
    .nullable(),
})

export type MissingLink = z.infer<typeof MissingLink>

export const RoutePreview = z.object({
  candidates: z.array(RouteCandidate),
  /** Hospitals of the chain with nobody of this specialty on duty now. */
  skipped: z.array(Named),
  missing: MissingLink.nullable(),
})

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

export const MinutesRole = z.enum(['chair', 'secretary', 'member'])
const memberOf = <N extends z.ZodType<string>, T extends z.ZodType<string>>(name: N, text: (max: number) => T) =>
  z.object({
    /** Chair and secretaries need one: they sign. */
    personId: Id.nullable(),
    name,
    title: text(120),
    specialty: text(80),
    unit: text(200),
    licenceNo: text(60),
    end: z.enum(['requesting', 'supporting']),
    role: MinutesRole,
    invited: z.boolean(),
    present: z.boolean(),
    opinion: text(2000),
  })

const contentOf = <M extends z.ZodType, T extends z.ZodType<string>>(member: M, text: (max: number) => T) =>
  z.object({
    treatedFrom: LocalDate,
    treatedTo: LocalDate.nullable(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    place: text(300),
    members: z.array(member).max(30),
    course: text(4000),
    answers: z.array(z.object({ no: z.number().int().min(1).max(99), text: text(4000) })).max(10),
    diagnosis: text(500),
    icd10: text(12),
    treatment: text(4000),
    plan: text(4000),
    transferTo: text(200),
    followUpOn: LocalDate.nullable(),
    informedAt: Instant.nullable(),
    informedBy: text(120),
  })

export const MinutesMember = memberOf(z.string(), () => z.string())
export type MinutesMember = z.infer<typeof MinutesMember>

/** Source: domain notes on forms, §2 (composite of hospital practice; Law 15/2023 Art. 64 asks for written result). */
export const MinutesContent = contentOf(MinutesMember, () => z.string())
/** The same as typed: trimmed, NFC, bounded. */
export const MinutesTyped = contentOf(memberOf(Line(120), OptionalText), OptionalText)
export type MinutesContent = z.infer<typeof MinutesContent>

/** The local clinician stays responsible and says what becomes of the advice (REQ-TELE-07). */
export const Decision = z.enum(['accepts', 'partly', 'not'])

export const Signature = z.object({
  personId: Id,
  name: z.string(),
  role: z.enum(['chair', 'secretary', 'requester']),
  signedAt: Instant,
  method: z.string(),
  contentHash: z.string(),
})

export const Minutes = z.object({
  id: Id,
  version: z.number().int(),
  state: z.enum(['draft', 'proposed', 'locked', 'superseded']),
  draftedBy: z.string(),
  content: MinutesContent,
  contentHash: z.string(),
  proposedAt: Instant.nullable(),
  lockedAt: Instant.nullable(),
  signatures: z.array(Signature),
  waitingFor: z.array(z.object({ personId: Id, name: z.string(), role: z.enum(['chair', 'secretary', 'requester']) })),
  decision: Decision.nullable(),
  decisionReason: z.string(),
  /** Roles in which the reader still has to sign. */
  signAs: z.array(z.enum(['chair', 'secretary', 'requester'])),
})
export type Minutes = z.infer<typeof Minutes>

export const PatientOutcomeCode = z.enum(['improved', 'unchanged', 'worse', 'transferred', 'died', 'unknown'])

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

// ---- routes ---------------------------------------------------------------------------------------------

export const prefill = defineRoute({
  id: 'consults.prefill',
  method: 'GET',
  path: '/api/consults/prefill',
  permission: 'consult.request',
  summary: 'What an encounter already knows for a new request',
  query: z.object({ encounterId: Id }),
  reply: z.object({
    encounterId: Id,
    patient: ConsultLine.shape.patient,
    history: z.string(),
    treatment: z.string(),
    diagnosis: z.string(),
    icd10: z.string(),
    video: z.boolean(),
    vitals: Consult.shape.vitals,
    openConsultId: Id.nullable(),
    specialties: z.array(z.object({ code: SpecialtyCode, vi: z.string(), en: z.string(), covered: z.boolean() })),
  }),
})

export const previewRoute = defineRoute({
  id: 'consults.previewRoute',
  method: 'GET',
  path: '/api/consults/route',
  permission: 'consult.request',
  summary: 'Who would be rung now, in which order and why',
  query: z.object({ specialty: SpecialtyCode, urgency: Urgency.default('urgent') }),
  reply: RoutePreview,
})

export const saveDraft = defineRoute({
  id: 'consults.saveDraft',
  method: 'PUT',
  path: '/api/consults/:id',
  permission: 'consult.request',
  idempotent: true,
  offline: true,
  summary: 'Write a request, or correct a returned one; may be sent twice',
  params: ById,
  body: z.object(draftFields),
  reply: Consult,
})

export const submit = defineRoute({
  id: 'consults.submit',
  method: 'POST',
  path: '/api/consults/:id/submit',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Send the request: the duty doctor is rung at once',
  params: ById,
  body: z.object({
    /** Ring the duty lead where no doctor of the specialty can be found. */ askLead: z.boolean().default(false),
  }),
  reply: Consult,
})

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

export const ringing = defineRoute({
  id: 'consults.ringing',
  method: 'GET',
  path: '/api/consults/ringing',
  permission: 'consult.answer',
  summary: 'Requests that ring for me now, for a page that opens while it rings',
  reply: z.object({ items: z.array(ConsultLine), serverNow: Instant }),
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

export const accept = defineRoute({
  id: 'consults.accept',
  method: 'POST',
  path: '/api/consults/:id/accept',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'Take the case; an urgent one begins at once',
  params: ById,
  reply: Consult,
})

export const decline = defineRoute({
  id: 'consults.decline',
  method: 'POST',
  path: '/api/consults/:id/decline',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'I cannot take it: the next is rung at once',
  params: ById,
  body: z.object({ reason: OptionalText(300).default('') }),
  reply: Done,
})

export const returnConsult = defineRoute({
  id: 'consults.return',
  method: 'POST',
  path: '/api/consults/:id/return',
  permission: 'consult.answer',
  summary: 'Send the request back with a reason',
  params: ById,
  body: z.object({ reason: Text(1000) }),
  reply: Done,
})

export const schedule = defineRoute({
  id: 'consults.schedule',
  method: 'POST',
  path: '/api/consults/:id/schedule',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'Fix the time of a consult that is not urgent',
  params: ById,
  body: z.object({ at: Instant }),
  reply: Consult,
})

export const start = defineRoute({
  id: 'consults.start',
  method: 'POST',
  path: '/api/consults/:id/start',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Begin the session: the call of the visit opens to both ends',
  params: ById,
  reply: Consult,
})

export const cancel = defineRoute({
  id: 'consults.cancel',
  method: 'POST',
  path: '/api/consults/:id/cancel',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Take the request back with a reason',
  params: ById,
  body: z.object({ reason: Text(1000) }),
  reply: Consult,
})

export const addOpinion = defineRoute({
  id: 'consults.addOpinion',
  method: 'POST',
  path: '/api/consults/:id/opinions',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Write an opinion; may be sent twice',
  params: ById,
  body: z.object({ opinionId: Id, text: Text(4000) }),
  reply: Consult,
})

const MinutesParams = z.object({ id: Id, minutesId: Id })

export const saveMinutes = defineRoute({
  id: 'consults.saveMinutes',
  method: 'PUT',
  path: '/api/consults/:id/minutes/:minutesId',
  permission: 'consult.read',
  idempotent: true,
  offline: true,
  summary: 'Keep a draft of the minutes, seen by the author’s side only; a colleague’s newer text is not overwritten',
  params: MinutesParams,
  /** `basedOn`: hash of the draft as the writer last saw it; none where they saw none. */
  body: MinutesTyped.extend({ basedOn: z.string().length(64).nullable().default(null) }),
  reply: Consult,
})

export const proposeMinutes = defineRoute({
  id: 'consults.proposeMinutes',
  method: 'POST',
  path: '/api/consults/:id/minutes/:minutesId/propose',
  permission: 'consult.read',
  summary: 'Lay the minutes before both ends for signing; every question must be answered',
  params: MinutesParams,
  reply: Consult,
})

export const signMinutes = defineRoute({
  id: 'consults.signMinutes',
  method: 'POST',
  path: '/api/consults/:id/minutes/:minutesId/sign',
  permission: 'consult.read',
  summary: 'Sign the text that was read; the last signature locks and files it',
  params: MinutesParams,
  body: z.object({
    /** Hash of the text as it was shown. */ contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    decision: Decision.optional(),
    decisionReason: OptionalText(1000).default(''),
  }),
  reply: Consult,
  /** The signing service waits for its signer; the signature is put when it comes. */
  replies: { 202: Consult },
})

export const reportPatientOutcome = defineRoute({
  id: 'consults.reportPatientOutcome',
  method: 'POST',
  path: '/api/consults/:id/patient-outcome',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Tell the consultant what became of the patient',
  params: ById,
  body: z.object({ code: PatientOutcomeCode, text: OptionalText(2000) }),
  reply: Consult,
})

export const close = defineRoute({
  id: 'consults.close',
  method: 'POST',
  path: '/api/consults/:id/close',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Close the case',
  params: ById,
  reply: Consult,
})

const Wait = z.object({ urgency: Urgency, waitSeconds: z.number().int().min(10).max(3600) })

export const escalation = defineRoute({
  id: 'consults.escalation',
  method: 'GET',
  path: '/api/consults/escalation',
  permission: 'consult.read',
  summary: 'How long each doctor of a hospital is rung before the next',
  query: z.object({ facilityId: Id }),
  reply: Items(Wait.extend({ own: z.boolean() })),
})

export const setEscalation = defineRoute({
  id: 'consults.setEscalation',
  method: 'PUT',
  path: '/api/consults/escalation',
  permission: 'consult.lead',
  idempotent: true,
  summary: 'Set how long each doctor of a hospital is rung',
  body: Wait.extend({ facilityId: Id }),
  reply: Done,
})

export const routes = {
  prefill,
  previewRoute,
  saveDraft,
  submit,
  list,
  ringing,
  get,
  accept,
  decline,
  returnConsult,
  schedule,
  start,
  cancel,
  addOpinion,
  saveMinutes,
  proposeMinutes,
  signMinutes,
  reportPatientOutcome,
  close,
  escalation,
  setEscalation,
}
