import { z } from 'zod'
import { ById, Id, Instant, Items, LocalDate, LocalTime, Line, OptionalLine, Version } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Invitees, RecurrenceRule, Unit } from './fields.ts'

const unitParams = z.object({ facilityId: Id })

/** House rules of an organising unit; each has a default. */
export const MeetingSettings = z.object({
  /** More units than this are refused. */
  maxUnits: z.number().int().min(1).max(1000),
  /** Those who are invited may enter so long before the start. */
  opensMinutesBefore: z.number().int().min(0).max(120),
  /** 0: no second reminder. */
  remindMinutesBefore: z.number().int().min(0).max(240),
  remindDayBefore: z.boolean(),
  /** Reminders also as a text, to people named and those who answered. */
  textReminders: z.boolean(),
  /** People who are named in an invitation get it as a text too; each costs money. */
  textInvitations: z.boolean().default(false),
  /** Entered later than this after the start is late. */
  lateAfterMinutes: z.number().int().min(0).max(120),
  /** Present for less does not count as attending. */
  heldMinutes: z.number().int().min(0).max(120),
  /** Ended by itself so long after all have left. */
  endsAfterEmptyMinutes: z.number().int().min(5).max(240),
  /** How many briefings the unit's plan asks for in a year; null: it names no figure. */
  briefingsAYear: z.number().int().min(1).max(366).nullable().default(null),
  /** Where that stands, and how sure it is. */
  briefingsSource: z.string(),
})
export type MeetingSettings = z.infer<typeof MeetingSettings>

export const settings = defineRoute({
  id: 'meetings.settings',
  method: 'GET',
  path: '/api/meetings/settings/:facilityId',
  permission: 'meeting.organise',
  sessionOnly: true,
  summary: 'How meetings of a unit are run: its own settings, else the defaults',
  params: unitParams,
  reply: MeetingSettings.extend({ version: Version, inherited: z.boolean() }),
})

export const saveSettings = defineRoute({
  id: 'meetings.saveSettings',
  method: 'PUT',
  path: '/api/meetings/settings/:facilityId',
  permission: 'meeting.organise',
  once: onceBecause.version,
  sessionOnly: true,
  summary: 'Change how meetings of a unit are run',
  params: unitParams,
  body: MeetingSettings.extend({ briefingsSource: OptionalLine(300).default(''), version: Version }),
  reply: MeetingSettings.extend({ version: Version, inherited: z.boolean() }),
})

export const organisers = defineRoute({
  id: 'meetings.organisers',
  method: 'GET',
  path: '/api/meetings/organisers',
  permission: 'meeting.organise',
  sessionOnly: true,
  summary: 'Units in whose name I may call a meeting, widest first, found without diacritics',
  query: z.object({ q: OptionalLine(80).default('') }),
  reply: Items(Unit),
})

export const invitable = defineRoute({
  id: 'meetings.invitable',
  method: 'GET',
  path: '/api/meetings/invitable',
  permission: 'meeting.organise',
  sessionOnly: true,
  summary: 'Units and areas to invite, found without diacritics, with how many units each area has',
  query: z.object({ q: OptionalLine(80).default(''), parentId: Id.optional() }),
  reply: Items(
    Unit.extend({
      type: z.string(),
      parentName: z.string().nullable(),
      /** With itself and everything beneath it today. */
      units: z.number().int(),
    }),
  ),
})

export const invitablePeople = defineRoute({
  id: 'meetings.invitablePeople',
  method: 'GET',
  path: '/api/meetings/people',
  permission: 'meeting.organise',
  sessionOnly: true,
  summary: 'People on the staff to invite by name, of whatever unit, found without diacritics; at most 20',
  query: z.object({ q: Line(80) }),
  reply: Items(z.object({ id: Id, name: z.string(), title: z.string(), unitName: z.string() })),
})

export const preview = defineRoute({
  id: 'meetings.preview',
  method: 'POST',
  path: '/api/meetings/preview',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'What a plan comes to: how many units, and the next dates of a rule; refuses what `create` would refuse',
  body: z.object({
    organiserId: Id,
    day: LocalDate,
    time: LocalTime,
    rule: RecurrenceRule.nullable().default(null),
    invitees: Invitees,
  }),
  reply: z.object({
    unitsInvited: z.number().int(),
    /** The first ones; at most 12. */
    dates: z.array(Instant),
    /** The rule ends with these. */
    complete: z.boolean(),
  }),
})

export const calendarOfMeeting = defineRoute({
  id: 'meetings.calendarOfMeeting',
  method: 'GET',
  path: '/api/meetings/:id/calendar.ics',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'Calendar file of one meeting (iCalendar, RFC 5545)',
  params: ById,
  produces: ['text/calendar'],
  reply: z.string(),
})

export const calendarOfSeries = defineRoute({
  id: 'meetings.calendarOfSeries',
  method: 'GET',
  path: '/api/meetings/series/:id/calendar.ics',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'Calendar file of a series: its rule, and what was moved or cancelled',
  params: ById,
  produces: ['text/calendar'],
  reply: z.string(),
})

export const planningRoutes = {
  settings,
  saveSettings,
  organisers,
  invitable,
  invitablePeople,
  preview,
  calendarOfMeeting,
  calendarOfSeries,
}
