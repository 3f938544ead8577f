import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { ById, Id, Instant, Line, LocalDate, Page, pageQuery, sinceQuery, sinceReply } from '../common.ts'
import { FacilityId, Kinds, Worker } from './fields.ts'
import { Appointment } from './appointments.ts'

export const dayList = defineRoute({
  id: 'scheduling.dayList',
  method: 'GET',
  path: '/api/facilities/:facilityId/appointments',
  permission: 'appointment.attend',
  since: true,
  summary: 'The day of a unit in order of time, walk-ins included; whole, or what changed since an earlier reply',
  params: FacilityId,
  query: z.object({
    date: LocalDate.optional(),
    ...pageQuery,
    ...sinceQuery,
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: Page(Appointment).extend({
    date: LocalDate,
    counts: z.record(z.string(), z.number().int()),
    waiting: z.number().int(),
    ...sinceReply,
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

export const stationDayRoutes = { dayList, practitionerWeek, confirmAppointment, arrive, startAppointment, markNoShow }
