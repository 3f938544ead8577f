import { z } from 'zod'
import { ById, Done, Id, Instant, Items, LocalDate, OptionalLine, Page, Text, Version, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Named, NewsStatus, NewsText, Priority } from './fields.ts'

const Counts = z.object({
  /** People whose home station lies in the area. */
  recipients: z.number().int(),
  /** Of these, how many opened it, in any version. */
  readers: z.number().int(),
})

export const ManagedLine = z.object({
  id: Id,
  status: NewsStatus,
  titleVi: z.string(),
  priority: Priority,
  sender: Named,
  area: Named.nullable(),
  version: z.number().int(),
  isDemo: z.boolean(),
  changedAt: Instant,
  shownFrom: Instant.nullable(),
  shownUntil: Instant.nullable(),
  counts: Counts.nullable(),
})

export const list = defineRoute({
  id: 'news.list',
  method: 'GET',
  path: '/api/news/manage',
  permission: 'news.publish',
  summary: 'Messages of the units I publish for, latest change first',
  query: z.object({ status: NewsStatus.optional(), ...pageQuery }),
  reply: Page(ManagedLine),
})

export const areas = defineRoute({
  id: 'news.publishAreas',
  method: 'GET',
  path: '/api/news/manage/areas',
  permission: 'news.publish',
  summary: 'Areas I may send to, found without diacritics, with how many people live there',
  query: z.object({ q: OptionalLine(80).default('') }),
  reply: Items(
    z.object({
      id: Id,
      name: z.string(),
      parentName: z.string().nullable(),
      type: z.string(),
      people: z.number().int(),
    }),
  ),
})

const NewsVersion = z.object({
  no: z.number().int(),
  titleVi: z.string(),
  bodyVi: z.string(),
  titleEn: z.string(),
  bodyEn: z.string(),
  priority: Priority,
  fromDay: LocalDate.nullable(),
  untilDay: LocalDate.nullable(),
  reason: z.string().nullable(),
  authorName: z.string(),
  at: Instant,
})

export const Managed = ManagedLine.extend({
  /** Counts changes of the draft; sent back with the next change so that two writers do not overwrite each other. */
  edits: z.number().int(),
  withdrawnReason: z.string().nullable(),
  /** Newest first; the first is what people see. */
  versions: z.array(NewsVersion),
})

export const managed = defineRoute({
  id: 'news.managed',
  method: 'GET',
  path: '/api/news/manage/:id',
  permission: 'news.publish',
  summary: 'One message with all its versions',
  params: ById,
  reply: Managed,
})

export const saveDraft = defineRoute({
  id: 'news.saveDraft',
  method: 'PUT',
  path: '/api/news/manage/:id',
  permission: 'news.publish',
  idempotent: true,
  summary: 'Write or change a draft; the id is minted by the client',
  params: ById,
  body: NewsText.extend({ areaId: Id, edits: Version }),
  reply: z.object({ edits: z.number().int() }),
})

export const dropDraft = defineRoute({
  id: 'news.dropDraft',
  method: 'DELETE',
  path: '/api/news/manage/:id',
  permission: 'news.publish',
  idempotent: true,
  summary: 'Throw a draft away',
  params: ById,
  reply: Done,
})

export const publish = defineRoute({
  id: 'news.publish',
  method: 'POST',
  path: '/api/news/manage/:id/publish',
  permission: 'news.publish',
  idempotent: true,
  summary: 'Show a draft to the people of its area',
  params: ById,
  body: z.object({ edits: Version }),
  reply: Done,
})

export const withdraw = defineRoute({
  id: 'news.withdraw',
  method: 'POST',
  path: '/api/news/manage/:id/withdraw',
  permission: 'news.publish',
  idempotent: true,
  summary: 'Take a published message back, with a reason that stays on file',
  params: ById,
  body: z.object({ reason: Text(300) }),
  reply: Done,
})

export const correct = defineRoute({
  id: 'news.correct',
  method: 'POST',
  path: '/api/news/manage/:id/versions',
  permission: 'news.publish',
  idempotent: true,
  summary: 'Correct a published message: a new version, shown as unread again; the earlier one stays on file',
  params: ById,
  body: NewsText.extend({ version: Version.min(1), reason: Text(300) }),
  reply: z.object({ version: z.number().int() }),
})

export const proof = defineRoute({
  id: 'news.proof',
  method: 'GET',
  path: '/api/news/manage/:id/proof',
  permission: 'news.publish',
  summary: 'How many people read it, by unit directly beneath the area; never who',
  params: ById,
  reply: Items(z.object({ unit: Named, recipients: z.number().int(), readers: z.number().int() })),
})

export const publishingRoutes = { list, areas, managed, saveDraft, dropDraft, publish, withdraw, correct, proof }
