import { z } from 'zod'
import { ById, Done, Id, Instant, LocalDate, Opaque, OptionalText, Page, Text, Version, pageQuery } from './common.ts'
import { Sex } from './records/codes.ts'
import { defineRoute, onceBecause } from './route.ts'
import { Programme as BookedProgramme } from './scheduling/appointment-codes.ts'

const Names = z.object({ vi: Opaque(120).min(1), en: Opaque(120).min(1) })
const Code = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)
/** Days from the anchor; a programme of ten years is long enough. */
const Day = z.number().int().min(0).max(3660)

/** One visit of a programme with fixed visits: due on a day counted from the anchor, taken as kept in its window. */
const FixedContact = z.object({ code: Code, names: Names, dueDay: Day, fromDay: Day, untilDay: Day })

/** Visits at days counted from a date, e.g. the first day of the last menstrual period. */
const FixedSchedule = z.object({
  kind: z.literal('fixed'),
  anchor: Names,
  /** The anchor may lie so many days back when somebody joins; later is a typing error. */
  anchorAtMostDaysAgo: Day,
  contacts: z.array(FixedContact).min(1).max(60),
  /** The programme ends by itself so many days after the anchor. */
  endsOnDay: Day,
})

/** A visit again and again, the sooner the worse the last reading was. */
const RecurringSchedule = z.object({
  kind: z.literal('recurring'),
  names: Names,
  everyDays: Day.min(1),
  /** One of these readings of the last visit brings the next one forward. */
  sooner: z
    .array(z.object({ code: Opaque(20), atLeast: z.number().min(-1000).max(100_000), everyDays: Day.min(1) }))
    .max(20),
})

/** What a programme is: data, kept by version. Windows of fixed visits must not overlap. */
export const ProgrammeDefinition = z.object({
  names: Names,
  /** Whom it is for; null: everybody. */
  sex: z.enum(['female', 'male']).nullable(),
  /** What a booking for it is called in the appointment book. */
  booking: BookedProgramme,
  schedule: z.discriminatedUnion('kind', [FixedSchedule, RecurringSchedule]),
  /** A finished encounter counts as a visit of it when a diagnosis begins so, or one of these was measured. */
  counts: z.object({
    diagnoses: z.array(z.string().regex(/^[A-Z]\d{0,2}(\.\d{1,2})?$/)).max(40),
    readings: z.array(Opaque(20)).max(10),
  }),
  /** So many days before a visit is due the patient is reminded. */
  remindDays: z.number().int().min(0).max(30),
  /** So many days after it they are a defaulter to be called. */
  lateDays: z.number().int().min(0).max(90),
  source: Opaque(400).min(1),
  certainty: z.enum(['P', 'S', 'C', 'D', 'U']),
})
export type ProgrammeDefinition = z.infer<typeof ProgrammeDefinition>

const ProgrammeLine = z.object({
  code: Code,
  version: z.number().int(),
  validFrom: LocalDate,
  definition: ProgrammeDefinition,
})

export const EndReason = z.enum(['completed', 'moved_away', 'declined', 'died', 'mistake', 'other'])
export type EndReason = z.infer<typeof EndReason>
export const CallResult = z.enum(['will_come', 'no_answer', 'wrong_number', 'declined', 'moved_away'])
export type CallResult = z.infer<typeof CallResult>

const PlannedVisit = z.object({
  code: Code,
  names: Names,
  dueOn: LocalDate,
  /** When it was kept, here or elsewhere; null: it was not, or not yet. */
  keptOn: LocalDate.nullable(),
  encounterId: Id.nullable(),
  /** A later visit was kept and this one was not. */
  missed: z.boolean(),
})

const Enrolment = z.object({
  id: Id,
  patientId: Id,
  facilityId: Id,
  facilityName: z.string(),
  programme: Code,
  names: Names,
  booking: BookedProgramme,
  version: z.number().int(),
  anchorOn: LocalDate.nullable(),
  anchor: Names.nullable(),
  status: z.enum(['active', 'ended']),
  endReason: EndReason.nullable(),
  nextOn: LocalDate.nullable(),
  nextNames: Names.nullable(),
  /** The next appointment for it that stands. */
  bookedAt: Instant.nullable(),
  enrolledAt: Instant,
  enrolledByName: z.string(),
  visits: z.array(PlannedVisit),
})
export type Enrolment = z.infer<typeof Enrolment>

/** Who is due, as a station calls them. */
const DueLine = z.object({
  id: Id,
  patientId: Id,
  fullName: z.string(),
  sex: Sex,
  birthDate: LocalDate.nullable(),
  phone: z.string().nullable(),
  programme: Code,
  names: Names,
  booking: BookedProgramme,
  nextOn: LocalDate,
  nextNames: Names,
  bookedAt: Instant.nullable(),
  lastCall: z.object({ at: Instant, result: CallResult, byName: z.string() }).nullable(),
})
export type DueLine = z.infer<typeof DueLine>

export const listProgrammes = defineRoute({
  id: 'programmes.list',
  method: 'GET',
  path: '/api/programmes',
  permission: 'facility.read',
  summary: 'Programmes of follow-up in force today, with what they ask and from where it is known',
  reply: z.object({ items: z.array(ProgrammeLine) }),
})

export const saveProgramme = defineRoute({
  id: 'programmes.save',
  method: 'PUT',
  path: '/api/programmes',
  permission: 'programme.manage',
  idempotent: true,
  summary: 'Add a programme, or the next version of one; a version is never changed, people in it stay in theirs',
  body: z.object({
    code: Code,
    version: z.number().int().min(1).max(1000),
    validFrom: LocalDate,
    definition: ProgrammeDefinition,
  }),
  reply: Done,
})

export const enrol = defineRoute({
  id: 'programmes.enrol',
  method: 'POST',
  path: '/api/programme-enrolments',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary: 'Take a patient into a programme at one’s unit; once at a time',
  body: z.object({ id: Id, patientId: Id, facilityId: Id, programme: Code, anchorOn: LocalDate.nullable() }),
  reply: ById,
})

export const correctAnchor = defineRoute({
  id: 'programmes.correctAnchor',
  method: 'PUT',
  path: '/api/programme-enrolments/:id/anchor',
  permission: 'encounter.write',
  once: onceBecause.version,
  summary: 'Correct the date the visits are counted from: all due dates follow',
  params: ById,
  body: z.object({ version: Version, anchorOn: LocalDate }),
  reply: z.object({ version: z.number().int() }),
})

export const endEnrolment = defineRoute({
  id: 'programmes.end',
  method: 'POST',
  path: '/api/programme-enrolments/:id/end',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'A patient is followed no more, and why',
  params: ById,
  body: z.object({ reason: EndReason, note: OptionalText(500).default('') }),
  reply: Done,
})

export const keepOutside = defineRoute({
  id: 'programmes.keepOutside',
  method: 'POST',
  path: '/api/programme-enrolments/:id/outside-visits',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary: 'A visit was kept at another facility, as the patient says or shows',
  params: ById,
  body: z.object({ id: Id, on: LocalDate, where: Text(200) }),
  reply: Done,
})

export const takeOutsideBack = defineRoute({
  id: 'programmes.takeOutsideBack',
  method: 'DELETE',
  path: '/api/programme-enrolments/:id/outside-visits/:visitId',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'That visit was entered by mistake',
  params: z.object({ id: Id, visitId: Id }),
  reply: Done,
})

export const noteCall = defineRoute({
  id: 'programmes.noteCall',
  method: 'POST',
  path: '/api/programme-enrolments/:id/calls',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary: 'Somebody of the station called a patient who did not come',
  params: ById,
  body: z.object({ id: Id, result: CallResult }),
  reply: Done,
})

export const ofPatient = defineRoute({
  id: 'programmes.ofPatient',
  method: 'GET',
  path: '/api/patients/:patientId/programmes',
  permission: 'patient.read',
  summary: 'The programmes a patient is or was in, with every visit that is due, kept or missed',
  params: z.object({ patientId: Id }),
  reply: z.object({ sex: Sex, items: z.array(Enrolment) }),
})

export const due = defineRoute({
  id: 'programmes.due',
  method: 'GET',
  path: '/api/facilities/:facilityId/programme-due',
  permission: 'encounter.write',
  summary: 'Patients of the unit whose visit is late, due within a week, or later; the longest waiting first',
  params: z.object({ facilityId: Id }),
  query: z.object({
    which: z.enum(['late', 'soon', 'later']).default('late'),
    programme: Opaque(40).optional(),
    ...pageQuery,
  }),
  reply: Page(DueLine).extend({
    counts: z.object({ late: z.number().int(), soon: z.number().int(), later: z.number().int() }),
  }),
})

export const own = defineRoute({
  id: 'programmes.own',
  method: 'GET',
  path: '/api/me/programmes',
  permission: 'record.own',
  summary: 'One’s own programmes of follow-up, and those of the people one acts for',
  reply: z.object({ items: z.array(Enrolment.extend({ patientName: z.string() })) }),
})

export const routes = {
  listProgrammes,
  saveProgramme,
  enrol,
  correctAnchor,
  endEnrolment,
  keepOutside,
  takeOutsideBack,
  noteCall,
  ofPatient,
  due,
  own,
}
