import { z } from 'zod'
import {
  AppointmentKind,
  appointmentOrigins,
  AppointmentState,
  appointmentStates,
  Programme,
} from './appointment-codes.ts'
import { helpingRoutes } from './booking-helpers.ts'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  LocalTime,
  OptionalLine,
  OptionalText,
  Page,
  pageQuery,
} from './common.ts'
import { Qualification } from './qualifications.ts'
import { defineRoute } from './route.ts'

export * from './appointment-codes.ts'
export * from './booking-helpers.ts'
export * from './free-times.ts'

/** What a person may do with this appointment now; screens show these and nothing else. */
export const appointmentActions = [
  'confirm',
  'acknowledge',
  'move',
  'cancel',
  'arrive',
  'start',
  'no_show',
  'join',
] as const

const FacilityId = z.object({ facilityId: Id })
const Weekday = z.number().int().min(1).max(7)
const Kinds = z.array(AppointmentKind).min(1).max(3)
/** End of an opening; `24:00` is midnight at the end of the day. */
const EndTime = z.union([LocalTime, z.literal('24:00')])
const SlotMinutes = z.number().int().min(5).max(120)

/** The public face of a health worker: who they are and by which licence (REQ-TELE-05). */
export const Worker = z.object({
  personId: Id,
  fullName: z.string(),
  qualification: Qualification,
  title: z.string(),
  degree: z.string(),
  specialties: z.array(z.string()),
  licenceNo: z.string(),
})

/** Read it with `freeTimesOf`. */
export const FreeTimes = z.object({
  from: LocalDate,
  until: LocalDate,
  shapes: z.array(z.object({ minutes: SlotMinutes, kinds: Kinds })),
  workers: z.array(
    z.object({
      practitionerId: Id,
      days: z.array(
        z.object({
          date: LocalDate,
          shape: z.number().int().min(0),
          starts: z.array(z.number().int().min(0).max(1439)),
        }),
      ),
    }),
  ),
})

// ---- for everyone ---------------------------------------------------------------------------------

export const find = defineRoute({
  id: 'scheduling.find',
  method: 'GET',
  path: '/api/scheduling/find',
  permission: 'public',
  limitPerMinute: 120,
  summary:
    'Find a station or a health worker by name, commune or specialty, without diacritics; only places that take appointments',
  query: z.object({ q: OptionalLine(80).default(''), ...pageQuery }),
  reply: Page(
    z.object({
      kind: z.enum(['facility', 'worker']),
      facilityId: Id,
      facilityName: z.string(),
      communeName: z.string().nullable(),
      type: z.string(),
      /** Remote services the unit announced and may offer today. */
      services: z.array(AppointmentKind),
      workerCount: z.number().int(),
      worker: Worker.nullable(),
    }),
  ),
})

export const stationSchedule = defineRoute({
  id: 'scheduling.stationSchedule',
  method: 'GET',
  path: '/api/facilities/:facilityId/schedule',
  permission: 'public',
  summary: 'Who works at a unit, with title, degree and licence, the weekly hours of each and their next free time',
  params: FacilityId,
  reply: z.object({
    facility: z.object({
      id: Id,
      name: z.string(),
      communeName: z.string().nullable(),
      type: z.string(),
      address: z.string().nullable(),
      phone: z.string().nullable(),
    }),
    kinds: z.array(AppointmentKind),
    autoConfirm: z.boolean(),
    horizonDays: z.number().int(),
    workers: z.array(
      Worker.extend({
        hours: z.array(z.object({ weekday: Weekday, from: LocalTime, to: EndTime, kinds: Kinds })),
        kinds: z.array(AppointmentKind),
        nextFree: Instant.nullable(),
      }),
    ),
  }),
})

export const freeSlots = defineRoute({
  id: 'scheduling.freeSlots',
  method: 'GET',
  path: '/api/facilities/:facilityId/slots',
  permission: 'public',
  summary:
    'Free times at a unit, of one worker or of all, over up to 31 days: per worker and day the starts in minutes after midnight in Vietnam, what they share in `shapes`',
  params: FacilityId,
  query: z.object({
    practitionerId: Id.optional(),
    kind: AppointmentKind.optional(),
    from: LocalDate.optional(),
    days: z.coerce.number().int().min(1).max(31).default(7),
  }),
  reply: FreeTimes,
  etag: 'weak',
})

// ---- appointments ---------------------------------------------------------------------------------

export const Appointment = z.object({
  id: Id,
  state: AppointmentState,
  kind: AppointmentKind,
  programme: Programme.nullable(),
  reason: z.string(),
  origin: z.enum(appointmentOrigins),
  start: Instant,
  end: Instant,
  patient: z.object({
    id: Id,
    fullName: z.string(),
    birthDate: LocalDate.nullable(),
    sex: z.enum(['male', 'female', 'unknown']),
  }),
  facility: z.object({ id: Id, name: z.string() }),
  /** Null only for a walk-in nobody has called in yet. */
  worker: Worker.nullable(),
  queueNo: z.number().int().nullable(),
  arrivedAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  encounterId: Id.nullable(),
  cancelledBy: z.enum(['citizen', 'station']).nullable(),
  cancelReason: z.string().nullable(),
  /** Who booked for the patient as a helper the station named; null: nobody did. */
  helperName: z.string().nullable(),
  /** Where it was before the last move. */
  movedFrom: z.object({ start: Instant, workerName: z.string() }).nullable(),
  may: z.array(z.enum(appointmentActions)),
})

const wish = {
  patientId: Id,
  practitionerId: Id,
  start: Instant,
  kind: AppointmentKind,
  programme: Programme.nullable().default(null),
  reason: OptionalText(500).default(''),
}

export const bookAppointment = defineRoute({
  id: 'scheduling.bookAppointment',
  method: 'POST',
  path: '/api/appointments',
  permission: 'appointment.book',
  idempotent: true,
  summary:
    'Book a free slot for oneself or a family member; may be sent twice. SLOT_TAKEN brings the nearest free times',
  body: z.object({ id: Id, facilityId: Id, ...wish }),
  reply: Appointment,
})

export const bookAtDesk = defineRoute({
  id: 'scheduling.bookAtDesk',
  method: 'POST',
  path: '/api/facilities/:facilityId/appointments',
  permission: 'appointment.desk',
  idempotent: true,
  summary: 'Book at the station’s desk for one of its patients; may be sent twice',
  params: FacilityId,
  body: z.object({ id: Id, ...wish }),
  reply: Appointment,
})

export const walkIn = defineRoute({
  id: 'scheduling.walkIn',
  method: 'POST',
  path: '/api/facilities/:facilityId/walk-ins',
  permission: 'appointment.desk',
  idempotent: true,
  offline: true,
  summary: 'Take in a patient who came without an appointment and give a queue number; may be sent twice',
  params: FacilityId,
  body: z.object({
    id: Id,
    patientId: Id,
    practitionerId: Id.nullable().default(null),
    programme: Programme.nullable().default(null),
    reason: OptionalText(500).default(''),
  }),
  reply: Appointment,
})

export const myAppointments = defineRoute({
  id: 'scheduling.myAppointments',
  method: 'GET',
  path: '/api/appointments/mine',
  permission: 'appointment.book',
  summary: 'My appointments and my family’s: upcoming (soonest first) or past (latest first)',
  query: z.object({ when: z.enum(['upcoming', 'past']).default('upcoming'), ...pageQuery }),
  reply: Page(Appointment),
})

export const getAppointment = defineRoute({
  id: 'scheduling.getAppointment',
  method: 'GET',
  path: '/api/appointments/:id',
  permission: 'signed-in',
  summary: 'One appointment with everything that happened to it',
  params: ById,
  reply: Appointment.extend({
    history: z.array(
      z.object({
        at: Instant,
        state: z.enum([...appointmentStates, 'offered', 'released']),
        start: Instant,
        workerName: z.string().nullable(),
        by: z.enum(['citizen', 'station', 'system']),
        byName: z.string().nullable(),
      }),
    ),
  }),
})

export const moveAppointment = defineRoute({
  id: 'scheduling.moveAppointment',
  method: 'POST',
  path: '/api/appointments/:id/move',
  permission: 'signed-in',
  summary: 'Move to another time or another worker of the same unit, in one step',
  params: ById,
  body: z.object({ start: Instant, practitionerId: Id, note: OptionalText(300).default('') }),
  reply: Appointment,
})

export const cancelAppointment = defineRoute({
  id: 'scheduling.cancelAppointment',
  method: 'POST',
  path: '/api/appointments/:id/cancel',
  permission: 'signed-in',
  idempotent: true,
  summary: 'Cancel; a station says why. The freed time is offered to the waitlist',
  params: ById,
  body: z.object({ reason: OptionalText(300).default('') }),
  reply: Appointment,
})

export const acknowledgeMove = defineRoute({
  id: 'scheduling.acknowledgeMove',
  method: 'POST',
  path: '/api/appointments/:id/acknowledge',
  permission: 'appointment.book',
  idempotent: true,
  summary: 'Say that one knows of the new time the station gave',
  params: ById,
  reply: Appointment,
})

// ---- the station's day ------------------------------------------------------------------------------

export const dayList = defineRoute({
  id: 'scheduling.dayList',
  method: 'GET',
  path: '/api/facilities/:facilityId/appointments',
  permission: 'appointment.attend',
  summary: 'The day of a unit in order of time, walk-ins included',
  params: FacilityId,
  query: z.object({
    date: LocalDate.optional(),
    ...pageQuery,
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: Page(Appointment).extend({
    date: LocalDate,
    counts: z.record(z.string(), z.number().int()),
    waiting: z.number().int(),
  }),
})

export const practitionerWeek = defineRoute({
  id: 'scheduling.practitionerWeek',
  method: 'GET',
  path: '/api/facilities/:facilityId/practitioners/:practitionerId/week',
  permission: 'appointment.attend',
  summary: 'Seven days of one worker: open windows and appointments',
  params: z.object({ facilityId: Id, practitionerId: Id }),
  query: z.object({ from: LocalDate.optional() }),
  reply: z.object({
    from: LocalDate,
    worker: Worker,
    days: z.array(
      z.object({
        date: LocalDate,
        windows: z.array(z.object({ start: Instant, end: Instant, kinds: Kinds, extra: z.boolean() })),
        off: z.array(z.object({ start: Instant, end: Instant, reason: z.string() })),
      }),
    ),
    appointments: z.array(Appointment),
  }),
})

export const confirmAppointment = defineRoute({
  id: 'scheduling.confirmAppointment',
  method: 'POST',
  path: '/api/appointments/:id/confirm',
  permission: 'appointment.attend',
  idempotent: true,
  summary: 'The station says yes; a remote appointment gets its visit',
  params: ById,
  reply: Appointment,
})

export const arrive = defineRoute({
  id: 'scheduling.arrive',
  method: 'POST',
  path: '/api/appointments/:id/arrive',
  permission: 'appointment.desk',
  idempotent: true,
  offline: true,
  summary: 'The patient is here: gives the queue number',
  params: ById,
  reply: Appointment,
})

export const startAppointment = defineRoute({
  id: 'scheduling.startAppointment',
  method: 'POST',
  path: '/api/appointments/:id/start',
  permission: 'appointment.attend',
  idempotent: true,
  summary: 'Begin: opens the encounter under the id given; may be sent twice',
  params: ById,
  /** `presentReason`: the patient of a remote appointment is here after all; then the encounter is in person. */
  body: z.object({ encounterId: Id, presentReason: Line(300).optional() }),
  reply: Appointment,
})

export const markNoShow = defineRoute({
  id: 'scheduling.markNoShow',
  method: 'POST',
  path: '/api/appointments/:id/no-show',
  permission: 'appointment.attend',
  idempotent: true,
  summary: 'The patient did not come; only once the time has begun',
  params: ById,
  reply: Appointment,
})

// ---- waitlist -----------------------------------------------------------------------------------------

export const WaitlistEntry = z.object({
  id: Id,
  state: z.enum(['waiting', 'offered', 'accepted', 'left', 'ended']),
  patient: z.object({ id: Id, fullName: z.string() }),
  facility: z.object({ id: Id, name: z.string() }),
  worker: Worker.nullable(),
  kind: AppointmentKind,
  fromDay: LocalDate,
  toDay: LocalDate,
  /** A freed time held for this person until `until`. */
  offer: z.object({ appointmentId: Id, start: Instant, end: Instant, worker: Worker, until: Instant }).nullable(),
})

export const joinWaitlist = defineRoute({
  id: 'scheduling.joinWaitlist',
  method: 'POST',
  path: '/api/waitlist',
  permission: 'appointment.book',
  idempotent: true,
  summary: 'Wait for a freed time with a worker (or any) of a unit in a range of days; may be sent twice',
  body: z.object({
    id: Id,
    patientId: Id,
    facilityId: Id,
    practitionerId: Id.nullable().default(null),
    kind: AppointmentKind,
    fromDay: LocalDate,
    toDay: LocalDate,
    programme: Programme.nullable().default(null),
    reason: OptionalText(500).default(''),
  }),
  reply: WaitlistEntry,
})

export const myWaitlist = defineRoute({
  id: 'scheduling.myWaitlist',
  method: 'GET',
  path: '/api/waitlist/mine',
  permission: 'appointment.book',
  summary: 'What I wait for, with offers first',
  reply: Items(WaitlistEntry),
})

export const acceptOffer = defineRoute({
  id: 'scheduling.acceptOffer',
  method: 'POST',
  path: '/api/waitlist/:id/accept',
  permission: 'appointment.book',
  summary: 'Take the offered time',
  params: ById,
  reply: Appointment,
})

export const declineOffer = defineRoute({
  id: 'scheduling.declineOffer',
  method: 'POST',
  path: '/api/waitlist/:id/decline',
  permission: 'appointment.book',
  idempotent: true,
  summary: 'Let the offered time go to the next person and keep waiting',
  params: ById,
  reply: WaitlistEntry,
})

export const leaveWaitlist = defineRoute({
  id: 'scheduling.leaveWaitlist',
  method: 'POST',
  path: '/api/waitlist/:id/leave',
  permission: 'appointment.book',
  idempotent: true,
  summary: 'Stop waiting',
  params: ById,
  reply: Done,
})

// ---- working hours ----------------------------------------------------------------------------------------

const hoursFields = { weekday: Weekday, from: LocalTime, to: EndTime, slotMinutes: SlotMinutes, kinds: Kinds }

export const WorkingHours = z.object({
  id: Id,
  practitionerId: Id,
  ...hoursFields,
  validFrom: LocalDate,
  validTo: LocalDate.nullable(),
})

export const ScheduleException = z.object({
  id: Id,
  practitionerId: Id,
  effect: z.enum(['off', 'extra']),
  fromDay: LocalDate,
  toDay: LocalDate,
  from: LocalTime,
  to: EndTime,
  slotMinutes: SlotMinutes.nullable(),
  kinds: z.array(AppointmentKind),
  reason: z.string(),
})

export const listHours = defineRoute({
  id: 'scheduling.listHours',
  method: 'GET',
  path: '/api/facilities/:facilityId/hours',
  permission: 'schedule.manage',
  summary: 'Weekly hours of now and later, and coming exceptions, of every worker of a unit',
  params: FacilityId,
  reply: z.object({
    facility: z.object({ id: Id, name: z.string() }),
    today: LocalDate,
    workers: z.array(Worker.extend({ hours: z.array(WorkingHours), exceptions: z.array(ScheduleException) })),
  }),
})

export const addHours = defineRoute({
  id: 'scheduling.addHours',
  method: 'POST',
  path: '/api/facilities/:facilityId/hours',
  permission: 'schedule.manage',
  idempotent: true,
  summary: 'Open weekly hours; overlapping ones are refused with HOURS_OVERLAP naming the clash. May be sent twice',
  params: FacilityId,
  body: z.object({
    id: Id,
    practitionerId: Id,
    ...hoursFields,
    validFrom: LocalDate,
    validTo: LocalDate.nullable().default(null),
  }),
  reply: WorkingHours,
})

export const changeHours = defineRoute({
  id: 'scheduling.changeHours',
  method: 'PUT',
  path: '/api/hours/:id',
  permission: 'schedule.manage',
  summary: 'Change hours from a day on: closes the old ones the day before and opens the new',
  params: ById,
  body: z.object({ newId: Id, effectiveFrom: LocalDate, ...hoursFields }),
  reply: WorkingHours,
})

export const endHours = defineRoute({
  id: 'scheduling.endHours',
  method: 'POST',
  path: '/api/hours/:id/end',
  permission: 'schedule.manage',
  summary: 'Close weekly hours; `lastDay` is the last day they hold',
  params: ById,
  body: z.object({ lastDay: LocalDate }),
  reply: Done,
})

export const addException = defineRoute({
  id: 'scheduling.addException',
  method: 'POST',
  path: '/api/facilities/:facilityId/exceptions',
  permission: 'schedule.manage',
  idempotent: true,
  summary: 'Days off (whole or part) or extra hours; says which appointments now stand outside the hours',
  params: FacilityId,
  body: z.object({
    id: Id,
    practitionerId: Id,
    effect: z.enum(['off', 'extra']),
    fromDay: LocalDate,
    toDay: LocalDate,
    from: LocalTime.default('00:00'),
    to: EndTime.default('24:00'),
    slotMinutes: SlotMinutes.nullable().default(null),
    kinds: z.array(AppointmentKind).max(3).default([]),
    reason: Line(200),
  }),
  reply: z.object({ exception: ScheduleException, stranded: z.array(z.object({ appointmentId: Id, start: Instant })) }),
})

export const withdrawException = defineRoute({
  id: 'scheduling.withdrawException',
  method: 'DELETE',
  path: '/api/exceptions/:id',
  permission: 'schedule.manage',
  idempotent: true,
  summary: 'Take an exception back',
  params: ById,
  reply: Done,
})

export const BookingSettings = z.object({
  /** Bookings by citizens need no yes of the station. */
  autoConfirm: z.boolean(),
  /** How far ahead citizens may book. */
  horizonDays: z.number().int().min(1).max(365),
  /** How long a freed time is held for one person of the waitlist. */
  offerMinutes: z.number().int().min(5).max(1440),
})

export const getBookingSettings = defineRoute({
  id: 'scheduling.getBookingSettings',
  method: 'GET',
  path: '/api/facilities/:facilityId/booking-settings',
  permission: 'schedule.manage',
  summary: 'How a unit takes bookings',
  params: FacilityId,
  reply: BookingSettings,
})

export const saveBookingSettings = defineRoute({
  id: 'scheduling.saveBookingSettings',
  method: 'PUT',
  path: '/api/facilities/:facilityId/booking-settings',
  permission: 'schedule.manage',
  idempotent: true,
  summary: 'Change how a unit takes bookings',
  params: FacilityId,
  body: BookingSettings,
  reply: BookingSettings,
})

export type AppointmentAction = (typeof appointmentActions)[number]
export type Worker = z.infer<typeof Worker>
export type Appointment = z.infer<typeof Appointment>
export type WaitlistEntry = z.infer<typeof WaitlistEntry>
export type WorkingHours = z.infer<typeof WorkingHours>
export type ScheduleException = z.infer<typeof ScheduleException>
export type BookingSettings = z.infer<typeof BookingSettings>

export const routes = {
  find,
  stationSchedule,
  freeSlots,
  bookAppointment,
  bookAtDesk,
  walkIn,
  myAppointments,
  getAppointment,
  moveAppointment,
  cancelAppointment,
  acknowledgeMove,
  dayList,
  practitionerWeek,
  confirmAppointment,
  arrive,
  startAppointment,
  markNoShow,
  joinWaitlist,
  myWaitlist,
  acceptOffer,
  declineOffer,
  leaveWaitlist,
  ...helpingRoutes,
  listHours,
  addHours,
  changeHours,
  endHours,
  addException,
  withdrawException,
  getBookingSettings,
  saveBookingSettings,
}
