import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** A server that restarts may still find its predecessor closing. */
export const predecessorMs = 10_000
/**
 * A killed one whose connection nobody took down looks alive until `process_lives` gives it up after 30 s (migration
 * 20261125T0300); it does not beat meanwhile, and no longer than this is waited for it.
 */
export const silentPredecessorMs = 45_000

export interface LivingProcess {
  host: string
  pid: number
  /** It has stopped beating: probably dead. A beat is due every 2 s (process-connection.ts). */
  silent: boolean
}

/**
 * For what must not be done beside a running process: waits until none lives, or none with another secret than this
 * (`exceptSecret`, a hash). Answers one that stays; undefined when there is none, or no processes are known yet.
 */
export async function othersThatStay(client: pg.Client, exceptSecret?: string): Promise<LivingProcess | undefined> {
  const { rows: known } = await client.query<{ there: boolean }>(
    "select to_regclass('platform.process') is not null as there",
  )
  if (!known[0]?.there) return undefined
  for (const begun = performance.now(); ; await sleep(500)) {
    const { rows } = await client.query<LivingProcess>(
      `select host, pid, seen_at < clock_timestamp() - interval '7 s' as silent from platform.process p
        where ($1::text is null or secret_hash <> $1) and platform.process_lives(p) order by silent limit 1`,
      [exceptSecret ?? null],
    )
    const [other] = rows
    if (!other) return undefined
    if (performance.now() - begun > (other.silent ? silentPredecessorMs : predecessorMs)) return other
  }
}
