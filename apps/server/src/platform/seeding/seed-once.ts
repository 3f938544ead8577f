import { sql } from 'kysely'
import { systemActor } from '../access/actor.ts'
import { localDateOf } from '../clock/vietnam-time.ts'
import type { Work } from '../db/work.ts'
import type { Platform, ServerModule } from '../module.ts'

/** Runs a load in one transaction unless its mark is there; the mark commits with it. */
export async function seedOnce(platform: Platform, name: string, load: (work: Work) => Promise<void>): Promise<boolean> {
  return platform.act(systemActor, async (work) => {
    const { numAffectedRows } = await sql`insert into platform.seed_mark (name) values (${name}) on conflict do nothing`.execute(work.tx)
    if (!numAffectedRows) return false
    await load(work)
    return true
  }, `seed ${name}`)
}

/** The network, people and roles of every module; what is already there is left alone. */
export async function seedNetwork(platform: Platform, modules: readonly ServerModule[]): Promise<void> {
  for (const module of modules) await module.seed?.(platform)
}

/** The demo's days: once a day, so that a demo opened tomorrow has appointments tomorrow. */
export async function seedDemoDays(platform: Platform, modules: readonly ServerModule[]): Promise<void> {
  const mark = `demo-day ${localDateOf(platform.clock.now())}`
  const fresh = await seedOnce(platform, mark, async () => {})
  if (fresh) for (const module of modules) await module.seedDemo?.(platform)
}
