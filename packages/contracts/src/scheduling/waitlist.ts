import { z } from 'zod'
import { ById, Done, Id, Instant, Items, LocalDate, OptionalText } from '../common.ts'
import { AppointmentKind, Programme } from './appointment-codes.ts'
import { defineRoute } from '../route.ts'
import { Worker } from './fields.ts'
import { Appointment } from './appointments.ts'

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
export type WaitlistEntry = z.infer<typeof WaitlistEntry>

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
  idempotent: true,
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

export const waitlistRoutes = { joinWaitlist, myWaitlist, acceptOffer, declineOffer, leaveWaitlist }
