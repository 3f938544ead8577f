import { z } from 'zod'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  LocalDate,
  OptionalLine,
  OptionalText,
  Page,
  Text,
  Version,
  pageQuery,
} from './common.ts'
import { defineRoute } from './route.ts'

export const Priority = z.enum(['normal', 'important', 'urgent'])
export type Priority = z.infer<typeof Priority>

export const NewsStatus = z.enum(['draft', 'published', 'withdrawn'])
export type NewsStatus = z.infer<typeof NewsStatus>

/** Longest text of a message: about two pages, since it is read on a phone. */
export const bodyMax = 6000

/** What a publisher writes. Vietnamese is required to publish; paragraphs are divided by an empty line. */
export const NewsText = z.object({
  titleVi: OptionalLine(160),
  bodyVi: OptionalText(bodyMax),
  titleEn: OptionalLine(160).default(''),
  bodyEn: OptionalText(bodyMax).default(''),
  priority: Priority.default('normal'),
  /** First and last day on which it shows, both counted; null where open. */
  fromDay: LocalDate.nullable().default(null),
  untilDay: LocalDate.nullable().default(null),
})
export type NewsText = z.infer<typeof NewsText>

const Named = z.object({ id: Id, name: z.string() })

/** One line of a feed. */
export const NewsLine = z.object({
  id: Id,
  titleVi: z.string(),
  titleEn: z.string(),
  excerptVi: z.string(),
  excerptEn: z.string(),
  priority: Priority,
  sender: Named,
  area: Named,
  shownFrom: Instant,
  version: z.number().int(),
  /** When its present words were published, if they correct earlier ones. */
  correctedAt: Instant.nullable(),
  isDemo: z.boolean(),
  /** null for whoever has no citizen account. */
  read: z.boolean().nullable(),
})

// ---- for citizens and visitors -----------------------------------------------------------------

export const mine = defineRoute({
  id: 'news.mine',
  method: 'GET',
  path: '/api/news/mine',
  permission: 'news.own',
  summary: 'Health messages for the areas where I and my family live, newest first',
  query: z.object(pageQuery),
  reply: Page(NewsLine).extend({ homes: z.array(Named) }),
})

export const unread = defineRoute({
  id: 'news.unread',
  method: 'GET',
  path: '/api/news/unread',
  permission: 'news.own',
  summary: 'How many messages I have not read; beyond 99 it stays 99',
  reply: z.object({ count: z.number().int() }),
})

export const markRead = defineRoute({
  id: 'news.markRead',
  method: 'PUT',
  path: '/api/news/:id/read',
  permission: 'news.own',
  idempotent: true,
  offline: true,
  summary: 'I read this message; saying it twice changes nothing',
  params: ById,
  body: z.object({ version: Version.min(1) }),
  reply: Done,
})

export const publicFeed = defineRoute({
  id: 'news.publicFeed',
  method: 'GET',
  path: '/api/news/public',
  permission: 'public',
  summary:
    'Health messages for the area of a unit: its own and those of every unit above it; without a unit, those of provinces and the nation',
  query: z.object({ facilityId: Id.optional(), ...pageQuery }),
  reply: Page(NewsLine),
  limitPerMinute: 120,
})

export const publicAreas = defineRoute({
  id: 'news.publicAreas',
  method: 'GET',
  path: '/api/news/areas',
  permission: 'public',
  summary: 'Provinces a visitor can choose',
  reply: Items(Named),
  limitPerMinute: 120,
})

export const message = defineRoute({
  id: 'news.message',
  method: 'GET',
  path: '/api/news/messages/:id',
  permission: 'public',
  summary: 'One published message in full; of a withdrawn one only that it was withdrawn',
  params: ById,
  limitPerMinute: 240,
  reply: z.object({
    id: Id,
    state: z.enum(['published', 'withdrawn']),
    version: z.number().int(),
    priority: Priority,
    titleVi: z.string(),
    bodyVi: z.string(),
    titleEn: z.string(),
    bodyEn: z.string(),
    sender: Named,
    area: Named,
    shownFrom: Instant,
    correctedAt: Instant.nullable(),
    correctionReason: z.string().nullable(),
    /** Its last day has passed. */
    over: z.boolean(),
    isDemo: z.boolean(),
    read: z.boolean().nullable(),
  }),
})

// ---- for publishers ----------------------------------------------------------------------------

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

// ---- outreach ----------------------------------------------------------------------------------

/** From 16 on: the annex of the Kon Tum plan, row 9, counts people of 16 and older. */
export const AgeGroup = z.enum(['16-29', '30-44', '45-59', '60+'])
export type AgeGroup = z.infer<typeof AgeGroup>
export const HelpSex = z.enum(['female', 'male', 'unknown'])

const HelpGiven = z.object({
  id: Id,
  at: Instant,
  ageGroup: AgeGroup,
  sex: HelpSex,
  helperName: z.string(),
  mine: z.boolean(),
})

export const helpToday = defineRoute({
  id: 'news.helpToday',
  method: 'GET',
  path: '/api/outreach/facilities/:facilityId/today',
  permission: 'appointment.desk',
  summary: 'Whom the unit helped to install the app today: counts, and the last ones',
  params: z.object({ facilityId: Id }),
  reply: z.object({ count: z.number().int(), quarterCount: z.number().int(), items: z.array(HelpGiven) }),
})

export const giveHelp = defineRoute({
  id: 'news.giveHelp',
  method: 'POST',
  path: '/api/outreach/helps',
  permission: 'appointment.desk',
  idempotent: true,
  offline: true,
  summary: 'Somebody of 16 or older was shown how to install and use the app',
  body: z.object({ id: Id, facilityId: Id, ageGroup: AgeGroup, sex: HelpSex, patientId: Id.optional() }),
  reply: HelpGiven,
})

export const takeHelpBack = defineRoute({
  id: 'news.takeHelpBack',
  method: 'DELETE',
  path: '/api/outreach/helps/:id',
  permission: 'appointment.desk',
  idempotent: true,
  summary: 'Undo one’s own entry of the same day',
  params: ById,
  reply: Done,
})

export const routes = {
  mine,
  unread,
  markRead,
  publicFeed,
  publicAreas,
  message,
  list,
  areas,
  managed,
  saveDraft,
  dropDraft,
  publish,
  withdraw,
  correct,
  proof,
  helpToday,
  giveHelp,
  takeHelpBack,
}
