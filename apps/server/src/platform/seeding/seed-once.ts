import { sql } from 'kysely'
import { systemActor } from '../access/actor.ts'
import { localDateOf } from '../clock/vietnam-time.ts'
import type { Work } from '../db/work.ts'
import type { Platform, ServerModule } from '../module.ts'

/**
 * Runs a load in one transaction unless its mark is there; the mark is set last and commits with it. Two processes that
 * start together load one after the other, however long the first takes.
 */
export async function seedOnce(
  platform: Platform,
  name: string,
  load: (work: Work) => Promise<void>,
): Promise<boolean> {
  const seed = async (work: Work) => {
    await sql`select set_config('statement_timeout', '0', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`.execute(work.tx)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`moinha.seed ${name}`}, 0))`.execute(work.tx)
    const { rows } = await sql`select from platform.seed_mark where name = ${name}`.execute(work.tx)
    if (rows.length > 0) return false
    await load(work)
    await sql`insert into platform.seed_mark (name) values (${name})`.execute(work.tx)
    return true
  }
  return platform.transact(systemActor, seed, `seed ${name}`)
}

/** The network, people and roles of every module; what is already there is left alone. */
export async function seedNetwork(platform: Platform, modules: readonly ServerModule[]): Promise<void> {
  for (const module of modules) await module.seed?.(platform)
}

/**
 * The demo's days: once a day, so that a demo opened tomorrow has appointments tomorrow. Each module loads in
 * transactions of its own; the day is marked when all have, so that one broken off is loaded again, and what is there
 * already is left alone.
 */
export async function seedDemoDays(platform: Platform, modules: readonly ServerModule[]): Promise<void> {
  await seedOnce(platform, `demo-day ${localDateOf(platform.clock.now())}`, async () => {
    for (const module of modules) await module.seedDemo?.(platform)
  })
}
