import { z } from 'zod'
import { Instant, Line, Names, Opaque, Page, pageQuery, Settled } from './common.ts'
import { defineRoute, onceBecause } from './route.ts'

/** Number of a job in the queue; the queue mints it. */
const JobId = Opaque(19).regex(/^[1-9]\d*$/)
/** Upper bound: PostgreSQL `smallint`. */
const Attempts = z.number().int().min(0).max(32_767)

export const JobState = z.enum(['failed', 'waiting', 'abandoned', 'overdue', 'long'])
export type JobState = z.infer<typeof JobState>

const TroubledJob = z.object({
  id: JobId,
  /** `module.verb`. */
  task: z.string(),
  names: Names,
  state: JobState,
  /** Goes back with a decision, so that of two at once only one decides. */
  attempts: Attempts,
  errorCode: z.string().nullable(),
  createdAt: Instant,
  failedAt: Instant.nullable(),
  /** When it is tried again by itself. */
  nextAt: Instant.nullable(),
  /** Since when a worker holds it. */
  heldSince: Instant.nullable(),
})

const SeenJobs = z
  .array(z.object({ id: JobId, attempts: Attempts }))
  .min(1)
  .max(100)

export const readCounts = defineRoute({
  id: 'operations.readCounts',
  method: 'GET',
  path: '/api/operations/counts',
  permission: 'operations.manage',
  summary: 'How many texts did not go, and how many jobs are not as they should be',
  reply: z.object({
    texts: z.object({ failed: z.number().int(), waiting: z.number().int() }),
    jobs: z.object({ failed: z.number().int(), waiting: z.number().int(), stuck: z.number().int() }),
  }),
})

export const listJobs = defineRoute({
  id: 'operations.listJobs',
  method: 'GET',
  path: '/api/operations/jobs',
  permission: 'operations.manage',
  summary: 'Jobs that failed, wait after a failure, are held by a worker that died or taken up by nobody; newest first',
  query: z.object(pageQuery),
  reply: Page(TroubledJob),
})

export const retryJobs = defineRoute({
  id: 'operations.retryJobs',
  method: 'POST',
  path: '/api/operations/jobs/retry',
  permission: 'operations.manage',
  once: onceBecause.tells,
  summary: 'Give jobs all their tries again: those named as they were seen, or all that failed (`items: null`)',
  body: z.object({ items: SeenJobs.nullable() }),
  reply: Settled,
})

export const giveUpJobs = defineRoute({
  id: 'operations.giveUpJobs',
  method: 'POST',
  path: '/api/operations/jobs/give-up',
  permission: 'operations.manage',
  once: onceBecause.tells,
  summary: 'Take jobs out of the queue with a word, each as it was seen',
  body: z.object({ items: SeenJobs, word: Line(200) }),
  reply: Settled,
})

export const routes = { readCounts, listJobs, retryJobs, giveUpJobs }
