import { z } from 'zod'
import { ById, Id, Page, Text, Version, pageQuery } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { MeetingInput, MeetingKind, MeetingLine, MeetingScope, MeetingView } from './fields.ts'

export const list = defineRoute({
  id: 'meetings.list',
  method: 'GET',
  path: '/api/meetings',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'Meetings I organise or my unit is invited to: coming ones soonest first, past ones latest first',
  query: z.object({
    when: z.enum(['upcoming', 'past']).default('upcoming'),
    kind: MeetingKind.optional(),
    ...pageQuery,
  }),
  reply: Page(MeetingLine),
})

export const get = defineRoute({
  id: 'meetings.get',
  method: 'GET',
  path: '/api/meetings/:id',
  permission: 'meeting.join',
  sessionOnly: true,
  summary: 'One meeting with its agenda, documents, answers, and what earlier ones left to do',
  params: ById,
  reply: MeetingView,
})

export const create = defineRoute({
  id: 'meetings.create',
  method: 'POST',
  path: '/api/meetings',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Plan a meeting or a series of them; the id of the series is minted by the client',
  body: MeetingInput.extend({ seriesId: Id, organiserId: Id }),
  reply: z.object({ seriesId: Id, meetingId: Id, unitsInvited: z.number().int() }),
  bodyLimit: 512 * 1024,
})

export const edit = defineRoute({
  id: 'meetings.edit',
  method: 'PUT',
  path: '/api/meetings/:id',
  permission: 'meeting.organise',
  once: onceBecause.version,
  sessionOnly: true,
  summary: 'Change a meeting that has not begun: this one, this and later, or all to come',
  params: ById,
  /** `rule` is not looked at where the scope is `this`. */
  body: MeetingInput.extend({ scope: MeetingScope, version: Version }),
  /** Another id where the change moved the first meeting to another day. */
  reply: z.object({ meetingId: Id, version: Version, unitsInvited: z.number().int() }),
  bodyLimit: 512 * 1024,
})

export const cancel = defineRoute({
  id: 'meetings.cancel',
  method: 'POST',
  path: '/api/meetings/:id/cancel',
  permission: 'meeting.organise',
  idempotent: true,
  sessionOnly: true,
  summary: 'Cancel a meeting that has not begun: this one, this and later, or all to come; the reason is shown',
  params: ById,
  body: z.object({ scope: MeetingScope, reason: Text(300) }),
  reply: z.object({ cancelled: z.literal(true) }),
})

export const meetingRoutes = { list, get, create, edit, cancel }
