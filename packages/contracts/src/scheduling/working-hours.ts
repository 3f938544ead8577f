import { z } from 'zod'
import { ById, Done, Id, Instant, Line, LocalDate, LocalTime } from '../common.ts'
import { AppointmentKind } from './appointment-codes.ts'
import { defineRoute } from '../route.ts'
import { EndTime, FacilityId, Kinds, SlotMinutes, Weekday, Worker } from './fields.ts'

const hoursFields = { weekday: Weekday, from: LocalTime, to: EndTime, slotMinutes: SlotMinutes, kinds: Kinds }

export const WorkingHours = z.object({
  id: Id,
  practitionerId: Id,
  ...hoursFields,
  validFrom: LocalDate,
  validTo: LocalDate.nullable(),
})
export type WorkingHours = z.infer<typeof WorkingHours>

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
export type ScheduleException = z.infer<typeof ScheduleException>

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
  idempotent: true,
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
  idempotent: true,
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

export const workingHoursRoutes = { listHours, addHours, changeHours, endHours, addException, withdrawException }
