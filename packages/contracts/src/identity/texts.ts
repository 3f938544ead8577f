import { z } from 'zod'
import { Id, Instant, Line, Page, pageQuery, Settled, Version } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'

const TroubledText = z.object({
  id: Id,
  /** The last digits of the number; the rest is nobody's business here. */
  phoneEnd: z.string(),
  /** A code such as `otp`. */
  purpose: z.string(),
  state: z.enum(['queued', 'failed']),
  tries: z.number().int(),
  errorCode: z.string().nullable(),
  /** Goes back with a decision, so that of two at once only one decides. */
  round: Version,
  createdAt: Instant,
  triedAt: Instant.nullable(),
  validUntil: Instant,
  /** False once its time is over: a one-time code that has run out is never sent. */
  sendable: z.boolean(),
})

const SeenTexts = z
  .array(z.object({ id: Id, round: Version }))
  .min(1)
  .max(100)
  .nullable()

export const listTroubledTexts = defineRoute({
  id: 'identity.listTroubledTexts',
  method: 'GET',
  path: '/api/texts/troubled',
  permission: 'operations.manage',
  summary: 'Texts that did not reach a phone: given up, or tried again by themselves; newest first',
  query: z.object(pageQuery),
  reply: Page(TroubledText),
})

export const retryTexts = defineRoute({
  id: 'identity.retryTexts',
  method: 'POST',
  path: '/api/texts/retry',
  permission: 'operations.manage',
  once: onceBecause.tells,
  summary: 'Send texts again: those named as they were seen, or all (`items: null`); what has run out is never sent',
  body: z.object({ items: SeenTexts }),
  reply: Settled,
})

export const giveUpTexts = defineRoute({
  id: 'identity.giveUpTexts',
  method: 'POST',
  path: '/api/texts/give-up',
  permission: 'operations.manage',
  once: onceBecause.tells,
  summary: 'Put texts aside with a word: those named, or all that cannot be sent any more (`items: null`)',
  body: z.object({ items: SeenTexts, word: Line(200) }),
  reply: Settled,
})

export const textRoutes = { listTroubledTexts, retryTexts, giveUpTexts }
