import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { Instant, Items, Opaque } from '../common.ts'

export const demoCast = defineRoute({
  id: 'identity.demoCast',
  method: 'GET',
  path: '/api/demo/cast',
  permission: 'public',
  sessionOnly: true,
  summary: 'The people of the demo a newcomer may play',
  reply: Items(
    z.object({ key: z.string(), name: z.string(), role: z.string(), facilityName: z.string(), home: z.string() }),
  ),
})

export const demoEnter = defineRoute({
  id: 'identity.demoEnter',
  method: 'POST',
  path: '/api/demo/enter',
  permission: 'public',
  once: onceBecause.session,
  summary: 'Sign in as one of the demo’s people',
  body: z.object({ key: Opaque(60) }),
  reply: z.object({ home: z.string() }),
})

export const demoOutbox = defineRoute({
  id: 'identity.demoOutbox',
  method: 'GET',
  path: '/api/demo/outbox',
  permission: 'public',
  sessionOnly: true,
  summary: 'Text messages the demo’s gateway received',
  reply: Items(z.object({ id: z.string(), to: z.string(), text: z.string(), at: Instant })),
})

export const demoRoutes = { demoCast, demoEnter, demoOutbox }
