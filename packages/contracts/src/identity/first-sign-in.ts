import { z } from 'zod'
import { Instant, Opaque } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'

/** The code of a link or a printed slip, as typed: case, blanks and hyphens do not matter. */
const FirstCode = Opaque(60)
  .transform((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''))
  .pipe(z.string().regex(/^[a-z0-9]{16}$/))

export const lookFirstCode = defineRoute({
  id: 'identity.lookFirstCode',
  method: 'POST',
  path: '/api/identity/first-sign-in/look',
  permission: 'public',
  once: onceBecause.counted,
  limitPerMinute: 60,
  summary: 'Whose first sign-in a one-time code opens, so that nobody sets a password for another; uses nothing up',
  body: z.object({ code: FirstCode }),
  reply: z.object({ fullName: z.string(), username: z.string(), expiresAt: Instant, leastPassword: z.number().int() }),
})

export const firstSignIn = defineRoute({
  id: 'identity.firstSignIn',
  method: 'POST',
  path: '/api/identity/first-sign-in',
  permission: 'public',
  once: onceBecause.counted,
  limitPerMinute: 60,
  summary: 'Set one’s own password with a one-time code and sign in; the code works once',
  body: z.object({ code: FirstCode, password: Opaque(128).min(1) }),
  reply: z.object({ next: z.enum(['done', 'totp', 'enrol']), home: z.string() }),
})

export const firstSignInRoutes = { lookFirstCode, firstSignIn }
