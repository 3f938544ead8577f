import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { Upload } from '../upload.ts'

/** News of a media server, e.g. that somebody came or went; whoever sends it proves itself by its signature alone. */
export const takeMediaEvent = defineRoute({
  id: 'calls.takeMediaEvent',
  method: 'POST',
  path: '/api/calls/media-events',
  permission: 'public',
  signed: true,
  idempotent: true,
  summary: 'A media server tells who came and went; taken only with its signature',
  // as LiveKit sends it
  consumes: ['application/webhook+json'],
  body: Upload,
  bodyLimit: 64 * 1024,
  limitPerMinute: 6000,
  reply: z.object({ taken: z.boolean() }),
})

export const mediaEventRoutes = { takeMediaEvent }
