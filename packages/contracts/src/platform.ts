import { z } from 'zod'
import { defineRoute } from './route.ts'

const Part = z.object({ name: z.string(), embedded: z.boolean(), detail: z.string().optional() })

export const health = defineRoute({
  id: 'platform.health',
  method: 'GET',
  path: '/health',
  permission: 'public',
  summary: 'Ready or not, with versions and which parts are embedded',
  reply: z.object({
    status: z.enum(['ok', 'starting']),
    version: z.string(),
    node: z.string(),
    demo: z.boolean(),
    parts: z.array(Part),
  }),
})

/** @public The web reads it by name, for its table of routes. */
export const routes = { health }
