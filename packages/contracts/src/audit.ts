import { z } from 'zod'
import { Done, Id, Instant, LocalDate, Opaque, Page, pageQuery } from './common.ts'
import { defineRoute, onceBecause } from './route.ts'

export const AuditOutcome = z.enum(['done', 'refused'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

const Entry = z.object({
  id: z.string(),
  at: Instant,
  /** `module.verb`. */
  action: z.string(),
  outcome: AuditOutcome,
  subject: z.string(),
  subjectId: Id.nullable(),
  actor: z.object({ kind: z.string(), id: Id.nullable(), name: z.string(), unitName: z.string().nullable() }),
  facilityName: z.string().nullable(),
  /** A name only where the reader may see the patient anyway; else a short code that stays the same. */
  patients: z.array(z.object({ id: Id, name: z.string().nullable(), code: z.string() })),
  /** How many patients the row names. */
  patientCount: z.number().int(),
  sealed: z.boolean(),
})

export const listEntries = defineRoute({
  id: 'audit.listEntries',
  method: 'GET',
  path: '/api/audit/entries',
  permission: 'audit.read',
  limitPerMinute: 120,
  summary: 'Who did what at the units whose access log one reads, newest first',
  query: z.object({
    facilityId: Id.optional(),
    actorId: Id.optional(),
    patientId: Id.optional(),
    action: Opaque(80).optional(),
    outcome: AuditOutcome.optional(),
    /** Days on Vietnam’s calendar, both included. */
    from: LocalDate.optional(),
    to: LocalDate.optional(),
    ...pageQuery,
  }),
  reply: Page(Entry),
})

export const readState = defineRoute({
  id: 'audit.readState',
  method: 'GET',
  path: '/api/audit/state',
  permission: 'audit.read',
  summary: 'How the chain of the access log stands: verified when, what was found, what waits for its seal',
  reply: z.object({
    verifiedAt: Instant.nullable(),
    scope: z.enum(['new', 'full']).nullable(),
    chains: z.number().int(),
    unsealed: z.number().int(),
    oldestUnsealedAt: Instant.nullable(),
    broken: z.array(z.object({ chain: z.string(), no: z.number().int(), why: z.string() })),
    publicKeyId: z.string(),
  }),
})

export const verifyLog = defineRoute({
  id: 'audit.verifyLog',
  method: 'POST',
  path: '/api/audit/verify',
  permission: 'audit.read',
  once: onceBecause.byHand,
  limitPerMinute: 6,
  summary: 'Verify the whole access log, as soon as a worker is free',
  body: z.object({}),
  reply: Done,
})

export const routes = { listEntries, readState, verifyLog }
