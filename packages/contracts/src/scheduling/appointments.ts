import { z } from 'zod'
import { ById, Id, Instant, LocalDate, MintedId, OptionalText, Page } from '../common.ts'
import { pageQuery, sinceQuery, sinceReply } from '../common.ts'
import {
  AppointmentKind,
  AppointmentState,
  Programme,
  appointmentOrigins,
  appointmentStates,
} from './appointment-codes.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { FacilityId, Worker, appointmentActions } from './fields.ts'

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
export type Appointment = z.infer<typeof Appointment>

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
  body: z.object({ id: MintedId, facilityId: Id, ...wish }),
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
  body: z.object({ id: MintedId, ...wish }),
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
    id: MintedId,
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
  since: true,
  summary: 'My appointments and my family’s: upcoming (soonest first) or past (latest first)',
  query: z.object({ when: z.enum(['upcoming', 'past']).default('upcoming'), ...pageQuery, ...sinceQuery }),
  reply: Page(Appointment).extend(sinceReply),
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
  once: onceBecause.undoes,
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

export const appointmentRoutes = {
  bookAppointment,
  bookAtDesk,
  walkIn,
  myAppointments,
  getAppointment,
  moveAppointment,
  cancelAppointment,
  acknowledgeMove,
}
