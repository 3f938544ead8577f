import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { ById, Done, Instant, OptionalText, Text } from '../common.ts'
import { Consult, ConsultLine } from './consult.ts'

export const ringing = defineRoute({
  id: 'consults.ringing',
  method: 'GET',
  path: '/api/consults/ringing',
  permission: 'consult.answer',
  summary: 'Requests that ring for me now, for a page that opens while it rings',
  reply: z.object({ items: z.array(ConsultLine), serverNow: Instant }),
})

export const accept = defineRoute({
  id: 'consults.accept',
  method: 'POST',
  path: '/api/consults/:id/accept',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'Take the case; an urgent one begins at once',
  params: ById,
  reply: Consult,
})

export const decline = defineRoute({
  id: 'consults.decline',
  method: 'POST',
  path: '/api/consults/:id/decline',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'I cannot take it: the next is rung at once',
  params: ById,
  body: z.object({ reason: OptionalText(300).default('') }),
  reply: Done,
})

export const returnConsult = defineRoute({
  id: 'consults.return',
  method: 'POST',
  path: '/api/consults/:id/return',
  permission: 'consult.answer',
  once: onceBecause.undoes,
  summary: 'Send the request back with a reason',
  params: ById,
  body: z.object({ reason: Text(1000) }),
  reply: Done,
})

export const schedule = defineRoute({
  id: 'consults.schedule',
  method: 'POST',
  path: '/api/consults/:id/schedule',
  permission: 'consult.answer',
  idempotent: true,
  summary: 'Fix the time of a consult that is not urgent',
  params: ById,
  body: z.object({ at: Instant }),
  reply: Consult,
})

export const answerRoutes = { ringing, accept, decline, returnConsult, schedule }
