import { z } from 'zod'
import { ById, Id, Instant, Items, LocalDate, OptionalLine, Text } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EnterAs, Unit, UnitAnswer } from './fields.ts'

const Heads = z.number().int().min(1).max(2000)

export const respond = defineRoute({
  id: 'meetings.respond',
  method: 'PUT',
  path: '/api/meetings/:id/answer',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'Whether our unit comes, and who; the last answer holds',
  params: ById,
  body: z.object({
    facilityId: Id,
    answer: z.enum(['yes', 'no']),
    attendees: OptionalLine(300).default(''),
    expectedHeads: Heads.nullable().default(null),
  }),
  reply: UnitAnswer,
})

export const join = defineRoute({
  id: 'meetings.join',
  method: 'POST',
  path: '/api/meetings/:id/join',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'Enter: opens the visit of the meeting where its time has come, and makes me a member of it for my unit',
  params: ById,
  /** Without a unit: the first of mine that is invited. */
  body: z.object({ facilityId: Id.optional() }),
  reply: z.object({
    visitId: Id,
    meetingId: Id,
    /** null: named as a person. */
    unit: Unit.nullable(),
    host: z.boolean(),
    enterAs: EnterAs,
    /** The people in our room, if they were counted already. */
    heads: z.number().int().nullable(),
  }),
})

export const end = defineRoute({
  id: 'meetings.end',
  method: 'POST',
  path: '/api/meetings/:id/end',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'End a meeting for all, as its host; of two who end it one does, and the other is told who',
  params: ById,
  reply: z.object({
    meetingId: Id,
    endedAt: Instant,
    /** Who did; null when it ended by itself. */
    endedBy: z.string().nullable(),
    byMe: z.boolean(),
    held: z.boolean(),
  }),
})

/** Presence of one unit, from its people's real connections. */
export const UnitAttendance = z.object({
  unit: Unit,
  organiser: z.boolean(),
  answer: z.enum(['yes', 'no']).nullable(),
  /** As it counts, with corrections. */
  attended: z.boolean(),
  late: z.boolean(),
  presentNow: z.boolean(),
  joinedAt: Instant.nullable(),
  leftAt: Instant.nullable(),
  /** Whole minutes in the room, overlaps of several people counted once. */
  minutes: z.number().int(),
  heads: z.number().int().nullable(),
  people: z.array(z.object({ personId: Id, name: z.string(), joinedAt: Instant, leftAt: Instant.nullable() })),
  /** When in the room, for a bar. */
  spans: z.array(z.object({ from: Instant, to: Instant.nullable() })),
  correction: z.object({ attended: z.boolean(), reason: z.string(), by: z.string(), at: Instant }).nullable(),
})
export type UnitAttendance = z.infer<typeof UnitAttendance>

export const attendance = defineRoute({
  id: 'meetings.attendance',
  method: 'GET',
  path: '/api/meetings/:id/attendance',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'Who was there: all units for the organiser, those under me for an overseer, my own for a unit',
  params: ById,
  reply: z.object({
    meetingId: Id,
    held: z.boolean().nullable(),
    counts: z.object({
      invited: z.number().int(),
      attended: z.number().int(),
      late: z.number().int(),
      absent: z.number().int(),
      heads: z.number().int(),
    }),
    units: z.array(UnitAttendance),
    mayCorrect: z.boolean(),
  }),
})

export const setHeads = defineRoute({
  id: 'meetings.setHeads',
  method: 'PUT',
  path: '/api/meetings/:id/heads',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'How many people sit in our room; may be corrected until the minutes are approved, by the host also later',
  params: ById,
  body: z.object({ facilityId: Id, heads: Heads }),
  reply: z.object({ facilityId: Id, heads: z.number().int() }),
})

export const correctAttendance = defineRoute({
  id: 'meetings.correctAttendance',
  method: 'PUT',
  path: '/api/meetings/:id/attendance/:facilityId',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Say by hand that a unit was there or was not, with a reason; what is counted follows',
  params: z.object({ id: Id, facilityId: Id }),
  body: z.object({ attended: z.boolean(), reason: Text(300) }),
  reply: z.object({ facilityId: Id, attended: z.boolean(), held: z.boolean() }),
})

export const attendanceOfUnits = defineRoute({
  id: 'meetings.attendanceOfUnits',
  method: 'GET',
  path: '/api/meetings/attendance',
  permission: 'meeting.organise',
  sessionOnly: true,
  summary: 'How often the units under a unit came to meetings held on these days; at most 300 units',
  query: z.object({ facilityId: Id, from: LocalDate, to: LocalDate }),
  reply: Items(z.object({ unit: Unit, invited: z.number().int(), attended: z.number().int(), late: z.number().int() })),
})

export const attendingRoutes = { respond, join, end, attendance, setHeads, correctAttendance, attendanceOfUnits }
