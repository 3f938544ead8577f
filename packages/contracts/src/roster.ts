import { z } from 'zod'
import { ById, Done, Id, Instant, Items, LocalDate, OptionalText, Text, Version } from './common.ts'
import { defineRoute } from './route.ts'

/** From real connections; `busy` in a consult, `paused` by one’s own choice. */
export const Presence = z.enum(['online', 'busy', 'paused', 'offline'])
export type Presence = z.infer<typeof Presence>

export const ShiftRole = z.enum(['on_duty', 'backup', 'lead'])
export type ShiftRole = z.infer<typeof ShiftRole>

export const SpecialtyCode = z.string().regex(/^[a-z_]{2,40}$/)

export const DutyPerson = z.object({
  personId: Id,
  fullName: z.string(),
  title: z.string(),
  specialties: z.array(z.string()),
})

export const Shift = z.object({
  id: Id,
  facilityId: Id,
  specialty: SpecialtyCode.nullable(),
  personId: Id,
  fullName: z.string(),
  role: ShiftRole,
  rank: z.number().int(),
  startsAt: Instant,
  endsAt: Instant,
  note: z.string(),
  version: z.number().int(),
  presence: Presence,
})
export type Shift = z.infer<typeof Shift>

export const Gap = z.object({ specialty: SpecialtyCode.nullable(), startsAt: Instant, endsAt: Instant })
export type Gap = z.infer<typeof Gap>

export const Specialty = z.object({ code: SpecialtyCode, vi: z.string(), en: z.string() })

export const week = defineRoute({
  id: 'roster.week',
  method: 'GET',
  path: '/api/roster/week',
  permission: 'roster.read',
  summary: 'One week of a unit: shifts, gaps of 24/24 cover per team, who may be put on duty',
  query: z.object({ facilityId: Id, from: LocalDate }),
  reply: z.object({
    facility: z.object({ id: Id, name: z.string() }),
    from: LocalDate,
    to: LocalDate,
    mayManage: z.boolean(),
    shifts: z.array(Shift),
    gaps: z.array(Gap),
    /** Teams to be covered round the clock; null is the duty lead’s. */
    teams: z.array(SpecialtyCode.nullable()),
    specialties: z.array(Specialty),
    people: z.array(DutyPerson),
  }),
})

export const now = defineRoute({
  id: 'roster.now',
  method: 'GET',
  path: '/api/roster/now',
  permission: 'roster.read',
  summary: 'Who is on duty at a unit at this moment, and whether they can be reached',
  query: z.object({ facilityId: Id }),
  reply: Items(Shift),
})

export const mine = defineRoute({
  id: 'roster.mine',
  method: 'GET',
  path: '/api/roster/mine',
  permission: 'roster.read',
  sessionOnly: true,
  summary: 'My shifts of the coming fortnight',
  reply: Items(
    z.object({
      id: Id,
      facilityName: z.string(),
      specialty: SpecialtyCode.nullable(),
      role: ShiftRole,
      startsAt: Instant,
      endsAt: Instant,
    }),
  ),
})

export const saveShift = defineRoute({
  id: 'roster.saveShift',
  method: 'PUT',
  path: '/api/roster/shifts/:id',
  permission: 'roster.manage',
  idempotent: true,
  summary: 'Put somebody on duty, or change a shift; may be sent twice',
  params: ById,
  body: z.object({
    facilityId: Id,
    specialty: SpecialtyCode.nullable(),
    personId: Id,
    role: ShiftRole,
    rank: z.number().int().min(1).max(20).default(1),
    startsAt: Instant,
    endsAt: Instant,
    note: OptionalText(300).default(''),
    /** Version that was edited; absent for a new shift. */
    version: Version.optional(),
  }),
  reply: Shift,
})

export const removeShift = defineRoute({
  id: 'roster.removeShift',
  method: 'DELETE',
  path: '/api/roster/shifts/:id',
  permission: 'roster.manage',
  idempotent: true,
  summary: 'Take a shift off the roster',
  params: ById,
  reply: Done,
})

export const swapShifts = defineRoute({
  id: 'roster.swapShifts',
  method: 'POST',
  path: '/api/roster/swaps',
  permission: 'roster.manage',
  idempotent: true,
  summary: 'Two people change shifts; sent twice under one id, they change once',
  body: z.object({ id: Id, shiftId: Id, withShiftId: Id }),
  reply: Done,
})

export const copyWeek = defineRoute({
  id: 'roster.copyWeek',
  method: 'POST',
  path: '/api/roster/weeks/copy',
  permission: 'roster.manage',
  idempotent: true,
  summary: 'Copy a week’s shifts to another week; what does not fit is left out and told',
  body: z.object({ facilityId: Id, from: LocalDate, to: LocalDate }),
  reply: z.object({ copied: z.number().int(), leftOut: z.number().int() }),
})

const Handover = z.object({
  id: Id,
  specialty: SpecialtyCode.nullable(),
  note: z.string(),
  writtenBy: z.string(),
  writtenAt: Instant,
  readBy: z.array(z.string()),
})

export const handovers = defineRoute({
  id: 'roster.handovers',
  method: 'GET',
  path: '/api/roster/handovers',
  permission: 'roster.read',
  sessionOnly: true,
  summary: 'Handover notes of the last three days',
  query: z.object({ facilityId: Id }),
  reply: Items(Handover),
})

export const writeHandover = defineRoute({
  id: 'roster.writeHandover',
  method: 'POST',
  path: '/api/roster/handovers',
  permission: 'roster.read',
  sessionOnly: true,
  idempotent: true,
  offline: true,
  summary: 'Leave a note for the next shift; may be sent twice',
  body: z.object({ id: Id, facilityId: Id, specialty: SpecialtyCode.nullable(), note: Text(2000) }),
  reply: Handover,
})

export const readHandover = defineRoute({
  id: 'roster.readHandover',
  method: 'POST',
  path: '/api/roster/handovers/:id/read',
  permission: 'roster.read',
  sessionOnly: true,
  idempotent: true,
  offline: true,
  summary: 'I have read this note',
  params: ById,
  reply: Done,
})

export const myPresence = defineRoute({
  id: 'roster.myPresence',
  method: 'GET',
  path: '/api/roster/presence',
  permission: 'presence.own',
  summary: 'How others see me, and my shift now',
  reply: z.object({ presence: Presence, paused: z.boolean(), onDutyUntil: Instant.nullable() }),
})

export const setPaused = defineRoute({
  id: 'roster.setPaused',
  method: 'PUT',
  path: '/api/roster/presence',
  permission: 'presence.own',
  idempotent: true,
  summary: 'Pause or take calls again',
  body: z.object({ paused: z.boolean() }),
  reply: z.object({ presence: Presence, paused: z.boolean() }),
})

export const routes = {
  week,
  now,
  mine,
  saveShift,
  removeShift,
  swapShifts,
  copyWeek,
  handovers,
  writeHandover,
  readHandover,
  myPresence,
  setPaused,
}
