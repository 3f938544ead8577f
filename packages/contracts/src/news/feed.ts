import { z } from 'zod'
import { ById, Done, Id, Instant, Items, Page, Version, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Named, Priority } from './fields.ts'

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

export const feedRoutes = { mine, unread, markRead, publicFeed, publicAreas, message }
