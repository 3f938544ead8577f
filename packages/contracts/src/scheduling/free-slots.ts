import { z } from 'zod'
import { Id, Instant, LocalDate, LocalTime, OptionalLine, Page, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'
import { AppointmentKind } from './appointment-codes.ts'
import { EndTime, FacilityId, Kinds, SlotMinutes, Weekday, Worker } from './fields.ts'

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

export const freeSlotRoutes = { find, stationSchedule, freeSlots }
