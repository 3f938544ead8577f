import { z } from 'zod'
import { Id, Instant, Line, LocalDate, LocalTime, OptionalLine, OptionalText, Version } from '../common.ts'
import { FacilityType } from '../facilities/codes.ts'

/** Giao ban, sinh hoạt chuyên môn, tập huấn. */
export const MeetingKind = z.enum(['briefing', 'professional', 'training'])
export type MeetingKind = z.infer<typeof MeetingKind>

export const MeetingStatus = z.enum(['planned', 'running', 'ended', 'cancelled'])
export type MeetingStatus = z.infer<typeof MeetingStatus>

/** Of a recurring meeting: this one, this and those after it, or all that are still to come. */
export const MeetingScope = z.enum(['this', 'following', 'all'])
export type MeetingScope = z.infer<typeof MeetingScope>

/** How those who are invited enter: with voice and picture, or listening until the host lets them speak. */
export const EnterAs = z.enum(['speaker', 'listener'])
export type EnterAs = z.infer<typeof EnterAs>

export const Unit = z.object({ id: Id, name: z.string() })

/** A point of the agenda, as planned; minutes are written under its id. */
export const AgendaItem = z.object({
  id: Id,
  title: Line(200),
  minutes: z.number().int().min(0).max(600).default(0),
  /** Who speaks to it: a person or a unit, as typed. */
  presenter: OptionalLine(120).default(''),
})
export type AgendaItem = z.infer<typeof AgendaItem>

/** The same as it is answered. */
const AgendaPoint = z.object({ id: Id, title: z.string(), minutes: z.number().int(), presenter: z.string() })

/**
 * Who is invited. Areas are units with everything beneath them, resolved on the day of each meeting; units are invited
 * themselves; people are named besides, of whatever unit.
 */
export const Invitees = z.object({
  areaIds: z.array(Id).max(50).default([]),
  /** Of the areas only units of these types, e.g. stations; none named: all. */
  areaTypes: z.array(FacilityType).max(12).default([]),
  /** Far more than may be invited, so that the refusal can say how many there were. */
  unitIds: z.array(Id).max(10_000).default([]),
  personIds: z.array(Id).max(100).default([]),
})
export type Invitees = z.infer<typeof Invitees>

/**
 * An iCalendar recurrence rule (RFC 5545 §3.3.10) without what a meeting has no use for: `FREQ` daily, weekly or
 * monthly, `INTERVAL` (to 52), `BYDAY`, `BYMONTHDAY`, `BYSETPOS`, and an end by `COUNT` (to 500) or `UNTIL` (a day,
 * `20261231`), e.g. `FREQ=WEEKLY;BYDAY=MO`. The first meeting's day must be one of the rule.
 */
export const RecurrenceRule = z
  .string()
  .max(200)
  .regex(/^FREQ=(DAILY|WEEKLY|MONTHLY)(;(INTERVAL|BYDAY|BYMONTHDAY|BYSETPOS|COUNT|UNTIL)=[0-9A-Z,+-]+)*$/)

/** When those who are invited are reminded. */
export const Remind = z.object({
  dayBefore: z.boolean(),
  /** 0: not again shortly before. */
  minutesBefore: z.number().int().min(0).max(240),
})
export type Remind = z.infer<typeof Remind>

/** What an organiser writes; of a recurring meeting it holds for each. */
export const MeetingInput = z.object({
  kind: MeetingKind,
  title: Line(200),
  description: OptionalText(4000).default(''),
  /** Day and time of day in Vietnam of the first meeting. */
  day: LocalDate,
  time: LocalTime,
  durationMinutes: z.number().int().min(5).max(600),
  /** null: once. */
  rule: RecurrenceRule.nullable().default(null),
  agenda: z.array(AgendaItem).max(50).default([]),
  invitees: Invitees,
  enterAs: EnterAs.default('speaker'),
  /** Those who are invited wait until the host admits them. */
  lobby: z.boolean().default(false),
  /** null: as the organising unit does it. */
  remind: Remind.nullable().default(null),
})
export type MeetingInput = z.infer<typeof MeetingInput>

/** What the reader may do with a meeting now; the server judges again. */
const may = z.object({
  edit: z.boolean(),
  cancel: z.boolean(),
  /** Enter now: it runs, or its time has come. */
  join: z.boolean(),
  /** Lead: speak, admit, end for all. */
  host: z.boolean(),
  end: z.boolean(),
  respond: z.boolean(),
  minutes: z.boolean(),
  attendance: z.boolean(),
})

/** One line of a list. */
export const MeetingLine = z.object({
  id: Id,
  seriesId: Id,
  kind: MeetingKind,
  title: z.string(),
  status: MeetingStatus,
  organiser: Unit,
  startsAt: Instant,
  endsAt: Instant,
  recurring: z.boolean(),
  /** From when those who are invited may enter. */
  opensAt: Instant,
  /** Ended and attended as the rules ask: counts as an activity. null before its end. */
  held: z.boolean().nullable(),
  unitsInvited: z.number().int(),
  /** Of my units: what was answered; null where not invited as a unit or not answered. */
  ourAnswer: z.enum(['yes', 'no']).nullable(),
  minutes: z.enum(['none', 'draft', 'approved']),
  may,
})
export type MeetingLine = z.infer<typeof MeetingLine>

/** What a unit answered to its invitation. */
export const UnitAnswer = z.object({
  unit: Unit,
  answer: z.enum(['yes', 'no']).nullable(),
  /** Who comes, as typed. */
  attendees: z.string(),
  expectedHeads: z.number().int().nullable(),
  answeredAt: Instant.nullable(),
})

export type UnitAnswer = z.infer<typeof UnitAnswer>

export const MeetingDocument = z.object({
  id: Id,
  name: z.string(),
  agendaItemId: Id.nullable(),
  mediaType: z.string(),
  size: z.number().int(),
  addedBy: z.string(),
  addedAt: Instant,
})

export const ActionItem = z.object({
  id: Id,
  meetingId: Id,
  /** Of the meeting that decided it. */
  meetingTitle: z.string(),
  meetingAt: Instant,
  what: z.string(),
  /** Who does it: a unit, a name, or both. */
  unit: Unit.nullable(),
  who: z.string(),
  dueOn: LocalDate.nullable(),
  status: z.enum(['open', 'done', 'dropped']),
  note: z.string(),
  settledAt: Instant.nullable(),
  settledBy: z.string().nullable(),
  overdue: z.boolean(),
  version: Version,
  maySettle: z.boolean(),
})
export type ActionItem = z.infer<typeof ActionItem>

/** One meeting. Answers of other units are shown to the organiser only. */
export const MeetingView = MeetingLine.extend({
  description: z.string(),
  agenda: z.array(AgendaPoint),
  rule: z.string().nullable(),
  /** Was it moved or changed apart from the others of its series? */
  changedAlone: z.boolean(),
  enterAs: EnterAs,
  lobby: z.boolean(),
  remind: Remind.nullable(),
  version: Version,
  hosts: z.array(z.object({ personId: Id, name: z.string() })),
  /** As written, for the form; empty for whoever may not edit. */
  invitees: z.object({
    areas: z.array(Unit),
    areaTypes: z.array(FacilityType),
    units: z.array(Unit),
    people: z.array(Unit),
  }),
  /** The units as which I may enter, the first being the usual one. */
  myUnits: z.array(Unit),
  answers: z.array(UnitAnswer),
  answerCounts: z.object({ yes: z.number().int(), no: z.number().int(), open: z.number().int() }),
  documents: z.array(MeetingDocument),
  /** Open since earlier meetings of the series, soonest due first, then what was done since the last; at most 100. */
  carried: z.array(ActionItem),
  /** The meeting before in the series, for its minutes. */
  previousId: Id.nullable(),
  nextId: Id.nullable(),
  visitId: Id.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  cancelReason: z.string().nullable(),
})
export type MeetingView = z.infer<typeof MeetingView>
