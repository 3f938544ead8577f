import type { Actor } from '../access/actor.ts'
import { writeAudit, type AuditNote } from '../audit/audit.ts'
import type { Clock } from '../clock/clock.ts'
import type { Events, EventType } from '../events/events.ts'
import { addJob, type JobOptions, type JobType } from '../jobs/add-job.ts'
import { publishAll, type LiveMessage } from '../realtime/publish.ts'
import type { Registries } from '../registries/registries.ts'
import { actingAs, nameActor, watchTransaction, type OpenTransaction } from './acting-as.ts'
import type { Db, Tx } from './database.ts'

/** A unit of work: one actor, one transaction. Everything it leaves behind commits or vanishes together. */
export interface Work {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  /** What the modules of this server declared. */
  readonly registries: Registries
  /** Leaves an audit row in this transaction. */
  audit(note: AuditNote): void
  /** Announces a fact; in-transaction listeners run now. */
  emit<T>(event: EventType<T>, payload: T): Promise<void>
  /** Queues a job that exists only if this transaction commits. */
  enqueue<T>(job: JobType<T>, payload: T, options?: JobOptions): Promise<void>
  /** Tells open screens, after commit. Ids and codes only: it crosses the wire to every subscriber of the topic. */
  live(topic: string, name: string, payload?: Record<string, unknown>): Promise<void>
  /**
   * The same transaction under another actor, e.g. the system doing what the person set off. Each has a `tx` of its
   * own.
   */
  as(actor: Actor): Work
}

export interface WorkDependencies {
  db: Db
  clock: Clock
  events: Events
  registries: Registries
}

export type Transact = <T>(actor: Actor, handler: (work: Work) => Promise<T>, requestId?: string) => Promise<T>

/** Sets who acts, for row-level security, until the transaction ends; leaves with the next statement. */
export async function setActor(tx: Tx, actor: Actor): Promise<void> {
  await tx.executeQuery(nameActor(actor))
}

/** Builds `transact`: runs a handler in one transaction bound to an actor. */
export function createTransact({ db, clock, events, registries }: WorkDependencies): Transact {
  return async (actor, handler, requestId = 'system') =>
    db.transaction().execute(async (tx) => {
      const open = await watchTransaction(tx)
      const notes: AuditNote[] = []
      const messages: LiveMessage[] = []
      const parts = { open, now: clock.now(), requestId, notes, messages, events, registries, works: new Map() }
      const work = workAs(actor, parts)
      const result = await handler(work).finally(() => {
        open.over = true
      })
      await writeAudit(tx, actor, requestId, notes)
      await publishAll(tx, messages)
      return result
    })
}

interface WorkParts {
  open: OpenTransaction
  now: Date
  requestId: string
  notes: AuditNote[]
  messages: LiveMessage[]
  events: Events
  registries: Registries
  /** One for each who acted so far. */
  works: Map<Actor, Work>
}

function workAs(actor: Actor, parts: WorkParts): Work {
  const work = parts.works.get(actor) ?? createWork(actor, parts)
  parts.works.set(actor, work)
  return work
}

function createWork(actor: Actor, parts: WorkParts): Work {
  const { open, now, requestId, notes, messages, events, registries } = parts
  const tx = actingAs(open, actor)
  const work: Work = {
    tx,
    actor,
    now,
    requestId,
    registries,
    audit: (note) => void notes.push(note),
    emit: (event, payload) => events.announce(work, event, payload),
    enqueue: (job, payload, options) => addJob(tx, job, payload, options),
    live: async (topic, name, payload = {}) => void messages.push({ topic, name, payload }),
    as: (other) => workAs(other, parts),
  }
  return work
}

/**
 * Runs a part of a transaction as the system (row-level security sees everything of what is asked through its `tx`).
 * For what the person causes but the person may not see, e.g. checking another patient's slot.
 */
export function asSystem<T>(work: Work, system: Actor, handler: (work: Work) => Promise<T>): Promise<T> {
  return handler(work.as(system))
}
