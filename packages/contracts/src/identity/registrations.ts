import { z } from 'zod'
import { ById, Done, Id, Line, LocalDate, OptionalText, Page, pageQuery, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

/** A time of day; `24:00` is the end of the day. */
const DayTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

const weekly = {
  /** 1 Monday … 7 Sunday. */
  weekday: z.number().int().min(1).max(7),
  from: z.string(),
  to: z.string(),
}

/** Hours of a week; a stretch across midnight is two. */
const WeeklyHours = z
  .object({ ...weekly, from: DayTime, to: DayTime })
  .refine(({ from, to }) => from < to, { path: ['to'] })

const Registration = z.object({
  id: Id,
  personId: Id,
  fullName: z.string(),
  licenceNo: z.string(),
  scope: z.string(),
  hours: z.array(z.object(weekly)),
  from: LocalDate,
  /** The first day on which it no longer holds. */
  until: LocalDate.nullable(),
})

export const listRegistrations = defineRoute({
  id: 'identity.listRegistrations',
  method: 'GET',
  path: '/api/identity/registrations',
  permission: 'staff.read',
  summary: 'Who is registered to practise at a unit, with licence, scope and weekly hours; newest first',
  query: z.object({ facilityId: Id, ...pageQuery }),
  reply: Page(Registration),
})

export const addRegistration = defineRoute({
  id: 'identity.addRegistration',
  method: 'PUT',
  path: '/api/identity/registrations/:id',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'Register a practitioner at a unit; hours at several units must not overlap. Never changed, only ended',
  params: ById,
  body: z.object({
    personId: Id,
    facilityId: Id,
    licenceNo: Line(60),
    scope: Text(300),
    hours: z.array(WeeklyHours).min(1).max(42),
    from: LocalDate,
    source: OptionalText(300).default(''),
  }),
  reply: Done,
})

export const endRegistration = defineRoute({
  id: 'identity.endRegistration',
  method: 'POST',
  path: '/api/identity/registrations/:id/end',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'End a registration from a day on',
  params: ById,
  body: z.object({ on: LocalDate }),
  reply: Done,
})

export const registrationRoutes = { listRegistrations, addRegistration, endRegistration }
