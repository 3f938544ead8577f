import { z } from 'zod'
import { ById, Done, Id, Instant, Line, Page, pageQuery } from '../common.ts'
import { serviceScopes } from '../permissions.ts'
import { defineRoute, onceBecause } from '../route.ts'

const Scope = z.enum(serviceScopes)

/** Longest life of a token, and what it gets unless asked otherwise: house rules. */
export const tokenDays = { most: 365, usual: 90 } as const

const ServiceAccount = z.object({
  id: Id,
  facilityId: Id,
  facilityName: z.string(),
  name: z.string(),
  role: z.string(),
  scopes: z.array(z.string()),
  /** How the token begins, to recognise it by. */
  prefix: z.string(),
  createdAt: Instant,
  createdByName: z.string(),
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** `suspended`: whoever gave it could not give it today, so it opens nothing. */
  state: z.enum(['live', 'suspended', 'expired', 'revoked']),
})

export const listServiceAccounts = defineRoute({
  id: 'identity.listServiceAccounts',
  method: 'GET',
  path: '/api/identity/service-accounts',
  permission: 'staff.manage',
  summary: 'Programs with a token at a unit and those beneath, newest first; also those that ended',
  query: z.object({ facilityId: Id, ...pageQuery }),
  reply: Page(ServiceAccount),
})

export const addServiceAccount = defineRoute({
  id: 'identity.addServiceAccount',
  method: 'POST',
  path: '/api/identity/service-accounts',
  permission: 'staff.manage',
  once: onceBecause.secret,
  limitPerMinute: 30,
  summary:
    'An account for a program; its token is shown this once, so a second sending answers null. Never above one’s own role',
  body: z.object({
    id: Id,
    facilityId: Id,
    name: Line(80),
    role: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
    scopes: z.array(Scope).min(1).max(serviceScopes.length),
    days: z.number().int().min(1).max(tokenDays.most).default(tokenDays.usual),
  }),
  reply: z.object({ id: Id, prefix: z.string(), expiresAt: Instant, token: z.string().nullable() }),
})

export const revokeServiceAccount = defineRoute({
  id: 'identity.revokeServiceAccount',
  method: 'POST',
  path: '/api/identity/service-accounts/:id/revoke',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'End a program’s token at once',
  params: ById,
  reply: Done,
})

export const serviceAccountRoutes = { listServiceAccounts, addServiceAccount, revokeServiceAccount }
