import { z } from 'zod'
import { AppointmentKind, AppointmentState, Programme } from './appointment-codes.ts'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  OptionalText,
  Page,
  pageQuery,
  PhoneTyped,
} from '../common.ts'
import { defineRoute } from '../route.ts'

// Helpers: one phone books for many, on market day. Part of scheduling.

const FacilityId = z.object({ facilityId: Id })

export const BookingHelper = z.object({
  id: Id,
  fullName: z.string(),
  fromDay: LocalDate,
  untilDay: LocalDate,
  namedAt: Instant,
  endedAt: Instant.nullable(),
})

export const listHelpers = defineRoute({
  id: 'scheduling.listHelpers',
  method: 'GET',
  path: '/api/facilities/:facilityId/helpers',
  permission: 'appointment.desk',
  summary: 'Who may book for the unit’s patients, and who did',
  params: FacilityId,
  reply: Items(BookingHelper),
})

export const nameHelper = defineRoute({
  id: 'scheduling.nameHelper',
  method: 'POST',
  path: '/api/facilities/:facilityId/helpers',
  permission: 'appointment.desk',
  idempotent: true,
  limitPerMinute: 10,
  summary: 'Name somebody with an account, by phone and name, who books for the unit’s patients; may be sent twice',
  params: FacilityId,
  body: z.object({ id: Id, fullName: Line(120), phone: PhoneTyped, fromDay: LocalDate, untilDay: LocalDate }),
  reply: BookingHelper,
})

export const endHelper = defineRoute({
  id: 'scheduling.endHelper',
  method: 'POST',
  path: '/api/helpers/:id/end',
  permission: 'appointment.desk',
  idempotent: true,
  summary: 'A helper books for nobody from now on; what they booked stays',
  params: ById,
  reply: Done,
})

const ConsentOf = z.object({ facilityId: Id, patientId: Id })
/** What stands; `saidAt`: when the patient said it, none where they were never asked. */
const HelperConsent = z.object({ agreed: z.boolean(), saidAt: Instant.nullable() })

export const readHelperConsent = defineRoute({
  id: 'scheduling.readHelperConsent',
  method: 'GET',
  path: '/api/facilities/:facilityId/helper-consents/:patientId',
  permission: 'appointment.desk',
  summary: 'Did the patient agree that helpers book for them?',
  params: ConsentOf,
  reply: HelperConsent,
})

export const keepHelperConsent = defineRoute({
  id: 'scheduling.keepHelperConsent',
  method: 'PUT',
  path: '/api/facilities/:facilityId/helper-consents/:patientId',
  permission: 'appointment.desk',
  idempotent: true,
  offline: true,
  summary: 'Write down what the patient said about helpers booking for them; what they said later stands',
  params: ConsentOf,
  /** `saidAt`: when the patient said it, by the device; absent: now. Who may send it again names it. */
  body: z.object({ agreed: z.boolean(), saidAt: Instant.optional() }),
  reply: HelperConsent,
})

/** What a helper sees of a booking they made; nothing of the record. */
export const HelpedBooking = z.object({
  id: Id,
  state: AppointmentState,
  kind: AppointmentKind,
  start: Instant,
  end: Instant,
  patientName: z.string(),
  facility: z.object({ id: Id, name: z.string() }),
  workerName: z.string(),
  mayCancel: z.boolean(),
})

export const helperStations = defineRoute({
  id: 'scheduling.helperStations',
  method: 'GET',
  path: '/api/helping/stations',
  permission: 'appointment.book',
  summary: 'The stations that named me a helper, today',
  reply: Items(z.object({ facilityId: Id, facilityName: z.string(), fromDay: LocalDate, untilDay: LocalDate })),
})

export const helpBook = defineRoute({
  id: 'scheduling.helpBook',
  method: 'POST',
  path: '/api/helping/appointments',
  permission: 'appointment.book',
  idempotent: true,
  limitPerMinute: 20,
  summary: 'Book for a patient who is present and agreed, by their number and birth date in full; may be sent twice',
  body: z.object({
    id: Id,
    facilityId: Id,
    /** Phone, citizen’s or insurance number, as typed. */
    number: Line(24).pipe(z.string().min(6)),
    birthDate: LocalDate,
    /** The helper says that the patient is beside them and asked for it. */
    present: z.literal(true),
    practitionerId: Id,
    start: Instant,
    kind: AppointmentKind,
    programme: Programme.nullable().default(null),
    reason: OptionalText(500).default(''),
  }),
  reply: HelpedBooking,
})

export const helpedBookings = defineRoute({
  id: 'scheduling.helpedBookings',
  method: 'GET',
  path: '/api/helping/appointments',
  permission: 'appointment.book',
  summary: 'What I booked as a helper and has not passed',
  query: z.object(pageQuery),
  reply: Page(HelpedBooking),
})

export const helpCancel = defineRoute({
  id: 'scheduling.helpCancel',
  method: 'POST',
  path: '/api/helping/appointments/:id/cancel',
  permission: 'appointment.book',
  idempotent: true,
  summary: 'Call off a booking I made as a helper',
  params: ById,
  reply: HelpedBooking,
})

export type BookingHelper = z.infer<typeof BookingHelper>
export type HelpedBooking = z.infer<typeof HelpedBooking>

/** No `routes` of a module of its own: they stand among those of scheduling. */
export const helpingRoutes = {
  listHelpers,
  nameHelper,
  endHelper,
  readHelperConsent,
  keepHelperConsent,
  helperStations,
  helpBook,
  helpedBookings,
  helpCancel,
}
