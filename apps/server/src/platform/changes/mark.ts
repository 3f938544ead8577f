import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { localDateOf } from '../clock/vietnam-time.ts'
import type { Work } from '../db/work.ts'

/** Up to where a caller knows a list: what the database had committed, and the time that decides what is open. */
export interface Mark {
  /** `pg_snapshot` as text: exactly the transactions whose work the caller has seen, however late others commit. */
  readonly snapshot: string
  readonly at: Date
}

export interface ListAsked {
  /** Which list, and of what: a mark of another one begins anew. */
  readonly list: readonly string[]
  readonly since: string | undefined
}

export interface Marked {
  /** Where the caller stands; undefined: answer the list itself. */
  readonly since: Mark | undefined
  /** The mark of this answer. */
  readonly now: string
}

/**
 * So long after the whole list was read only changes are told. Then it is read anew, since rows of other modules that
 * a list shows beside its own (names) say nothing here when they change.
 */
const wholeEveryMs = 10 * 60_000
/** Clocks of several processes differ a little; a mark out of a further future is not ours. */
const skewMs = 5_000
/** A longer one is told by its oldest transaction alone: then a little is told twice. */
const snapshotChars = 2_000

const Written = z.tuple([z.string(), z.number().int(), z.number().int(), z.string()])

/**
 * Reads where the caller stands and takes the mark of this answer. Send it before the statements that read the list:
 * what commits between them is then told twice, never not at all. Row-level rules hold as for the whole list; whoever
 * gained or lost a right since begins anew.
 */
export async function markList(work: Work, { list, since }: ListAsked): Promise<Marked> {
  // Transactions are counted by one cluster along one timeline: after a restore the numbers mean something else.
  const { rows } = await sql<{ snapshot: string; history: string }>`
    select pg_current_snapshot()::text as snapshot,
      (select system_identifier from pg_control_system()) || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
        as history`.execute(work.tx)
  const { snapshot = '', history = '' } = rows[0] ?? {}
  const nowMs = work.now.getTime()
  const bound = boundTo([history, localDateOf(work.now), ...list], work.actor)
  const held = since === undefined ? undefined : readMark(since)
  const holds = held !== undefined && held.bound === bound && inTime(held, nowMs) && isBefore(held.snapshot, snapshot)
  const wholeMs = holds ? held.wholeMs : nowMs
  return {
    since: holds ? { snapshot: held.snapshot, at: new Date(held.atMs) } : undefined,
    now: writeMark([shortened(snapshot), nowMs, wholeMs, bound]),
  }
}

/** Was this row written by a transaction that the caller has not seen? `column` is an `xid8` of the last write. */
export function changedSince(column: RawBuilder<unknown>, { snapshot }: Mark): RawBuilder<boolean> {
  const [oldest] = snapshot.split(':')
  return sql<boolean>`(${column} >= ${oldest}::xid8
    and not pg_visible_in_snapshot(${column}, ${snapshot}::pg_snapshot))`
}

/** The list, the day and whatever decides what its reader sees and may do, as one word. */
function boundTo(parts: readonly string[], actor: Actor): string {
  const { kind, personId, grants, clinicalFacilityIds, proxyFor } = actor
  const rights = [
    kind,
    personId,
    grants.map(({ path, permissions }) => [path, [...permissions].sort()]).sort(),
    [...clinicalFacilityIds].sort(),
    [...proxyFor].sort(),
  ]
  return createHash('sha256')
    .update(JSON.stringify([parts, rights]))
    .digest('base64url')
    .slice(0, 22)
}

const writeMark = (parts: z.infer<typeof Written>): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

interface HeldMark {
  snapshot: string
  atMs: number
  wholeMs: number
  bound: string
}

/** What cannot be read is not ours any more, e.g. of an older version of the server: one begins anew. */
function readMark(text: string): HeldMark | undefined {
  try {
    const [snapshot, atMs, wholeMs, bound] = Written.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return isSnapshot(snapshot) ? { snapshot, atMs, wholeMs, bound } : undefined
  } catch {
    return undefined
  }
}

/** Neither too old nor of times that no mark of ours bears: a list is told of only after it was read whole. */
function inTime({ atMs, wholeMs }: HeldMark, nowMs: number): boolean {
  return Math.max(atMs, wholeMs) <= nowMs + skewMs && atMs >= wholeMs - skewMs && nowMs - wholeMs < wholeEveryMs
}

const largestXid = 2n ** 63n

/** Would PostgreSQL take it? `xmin:xmax:xip,…` with xmin ≤ xip < xmax, ascending. */
function isSnapshot(text: string): boolean {
  if (!/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/.test(text)) return false
  const [xmin = 0n, xmax = 0n, ...xip] = text.split(/[:,]/).filter(Boolean).map(BigInt)
  if (xmin < 1n || xmin > xmax || xmax >= largestXid) return false
  return xip.every((xid, at) => xid >= xmin && xid < xmax && (at === 0 || xid > (xip[at - 1] ?? 0n)))
}

const newestOf = (snapshot: string): bigint => BigInt(snapshot.split(':')[1] ?? '0')
const isBefore = (held: string, present: string): boolean => newestOf(held) <= newestOf(present)

function shortened(snapshot: string): string {
  if (snapshot.length <= snapshotChars) return snapshot
  const [oldest] = snapshot.split(':')
  return `${oldest}:${oldest}:`
}
