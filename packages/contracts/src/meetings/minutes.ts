import { z } from 'zod'
import {
  ById,
  Draft,
  Id,
  Instant,
  LocalDate,
  OptionalLine,
  OptionalText,
  Page,
  Text,
  Version,
  pageQuery,
} from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { ActionItem } from './fields.ts'

/** What is written while the meeting runs and after. Ids are minted by the client. */
export const MinutesContent = z.object({
  /** Under each point of the agenda; a point that was not planned gets a title of its own. */
  items: z
    .array(z.object({ agendaItemId: Id, title: OptionalLine(200).default(''), text: Draft(8000) }))
    .max(60)
    .default([]),
  decisions: z
    .array(z.object({ id: Id, text: Draft(2000) }))
    .max(100)
    .default([]),
  actions: z
    .array(
      z.object({
        id: Id,
        what: Draft(1000),
        unitId: Id.nullable().default(null),
        who: OptionalLine(120).default(''),
        dueOn: LocalDate.nullable().default(null),
      }),
    )
    .max(100)
    .default([]),
  note: Draft(8000).default(''),
})
export type MinutesContent = z.infer<typeof MinutesContent>

/** The same as it is answered. */
const MinutesText = z.object({
  items: z.array(z.object({ agendaItemId: Id, title: z.string(), text: z.string() })),
  decisions: z.array(z.object({ id: Id, text: z.string() })),
  actions: z.array(
    z.object({ id: Id, what: z.string(), unitId: Id.nullable(), who: z.string(), dueOn: LocalDate.nullable() }),
  ),
  note: z.string(),
})

/** Who attended, by names of units, as it stood on approval. */
export const MinutesAttendance = z.object({
  invited: z.number().int(),
  attended: z.number().int(),
  heads: z.number().int(),
  present: z.array(z.string()),
  absent: z.array(z.string()),
})
export type MinutesAttendance = z.infer<typeof MinutesAttendance>

export const MinutesView = z.object({
  meetingId: Id,
  /** Of the approved minutes, 0 before the first time; a draft over them becomes the next. */
  version: Version,
  status: z.enum(['none', 'draft', 'approved']),
  /** Counts changes of the draft; sent back with the next so that two writers do not overwrite each other. */
  revision: Version,
  content: MinutesText,
  /** null before approval, and of minutes approved before attendance was kept with them. */
  attendance: MinutesAttendance.nullable(),
  /** Names of the units of actions. */
  units: z.array(z.object({ id: Id, name: z.string() })),
  writtenBy: z.string().nullable(),
  writtenAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  /** Why an approved version was corrected. */
  reason: z.string().nullable(),
  /** Earlier approved versions, newest first. */
  earlier: z.array(
    z.object({
      version: Version,
      content: MinutesText,
      approvedBy: z.string().nullable(),
      approvedAt: Instant,
      reason: z.string().nullable(),
    }),
  ),
  may: z.object({ write: z.boolean(), approve: z.boolean(), correct: z.boolean() }),
})
export type MinutesView = z.infer<typeof MinutesView>

export const minutes = defineRoute({
  id: 'meetings.minutes',
  method: 'GET',
  path: '/api/meetings/:id/minutes',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'Minutes of a meeting: the draft for its hosts, the approved version for all who are invited',
  params: ById,
  reply: MinutesView,
})

export const saveMinutes = defineRoute({
  id: 'meetings.saveMinutes',
  method: 'PUT',
  path: '/api/meetings/:id/minutes',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'Save the draft; over a revision somebody else changed it is refused and shows what stands',
  params: ById,
  body: z.object({ content: MinutesContent, revision: Version }),
  reply: z.object({ revision: Version }),
  bodyLimit: 1024 * 1024,
})

export const approveMinutes = defineRoute({
  id: 'meetings.approveMinutes',
  method: 'POST',
  path: '/api/meetings/:id/minutes/approve',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'Approve the draft as it was read: locked from then on, and what is to do is given out',
  params: ById,
  body: z.object({ revision: Version }),
  reply: MinutesView,
})

export const correctMinutes = defineRoute({
  id: 'meetings.correctMinutes',
  method: 'POST',
  path: '/api/meetings/:id/minutes/correct',
  permission: 'meeting.join',
  idempotent: true,
  sessionOnly: true,
  summary: 'Begin a new version over approved minutes, with a reason; the old one stays on file',
  params: ById,
  body: z.object({ version: Version.min(1), reason: Text(300) }),
  reply: MinutesView,
})

export const actions = defineRoute({
  id: 'meetings.actions',
  method: 'GET',
  path: '/api/meetings/actions',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'What meetings left to do: for my units, or of the meetings I organise; soonest due first',
  query: z.object({
    whose: z.enum(['ours', 'organised']).default('ours'),
    status: z.enum(['open', 'settled']).default('open'),
    ...pageQuery,
  }),
  reply: Page(ActionItem),
})

export const settleAction = defineRoute({
  id: 'meetings.settleAction',
  method: 'PUT',
  path: '/api/meetings/actions/:id',
  permission: 'meeting.join',
  once: onceBecause.version,
  sessionOnly: true,
  summary: 'Say that it is done, dropped (organiser), or open again',
  params: ById,
  body: z.object({
    status: z.enum(['open', 'done', 'dropped']),
    note: OptionalText(1000).default(''),
    version: Version,
  }),
  reply: ActionItem,
})

export const minutesRoutes = { minutes, saveMinutes, approveMinutes, correctMinutes, actions, settleAction }
