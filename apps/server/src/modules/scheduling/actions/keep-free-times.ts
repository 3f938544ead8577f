import { freeSlots as route, freeTimesOf } from '@moinha/contracts/scheduling'
import { anonymousActor } from '../../../platform/access/actor.ts'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { readTogether } from '../../../platform/db/read-together.ts'
import { digestOf } from '../../../platform/http/conditional.ts'
import { encodeReply } from '../../../platform/http/reply.ts'
import type { ReadyReply } from '../../../platform/http/serve.ts'
import type { Platform } from '../../../platform/module.ts'
import { readSlotVersions } from '../store/slot-versions.ts'
import { showFreeSlots, type SlotsAsked } from './show-schedule.ts'

/** Replies one process keeps; each is a few kB. */
const most = 1_000

type Asked = SlotsAsked & { facilityId: string }

interface Kept {
  /** Of the unit when this was read; everything that changed before it is in the reply. */
  version: string
  reply: Promise<{ ready: ReadyReply; until: Date }>
}

/**
 * Free times out of what this process keeps, as long as nothing changed: each request hears the unit's present version
 * from the database, so a booking on another process shows in the very next answer.
 */
export function keepFreeTimes(platform: Platform): (asked: Asked) => Promise<ReadyReply | undefined> {
  const kept = new Map<string, Kept>()
  const versionOf = readTogether(1, (ids) =>
    platform.transact(anonymousActor, ({ tx }) => readSlotVersions(tx, ids), 'free times'),
  )
  return async (asked) => {
    const version = await versionOf(asked.facilityId)
    if (version === undefined) return undefined
    const key = [asked.facilityId, asked.practitionerId, asked.kind, asked.from, asked.days].join()
    const found = kept.get(key)
    if (found?.version === version) {
      const { ready, until } = await found.reply
      if (platform.clock.now() < until) return ready
    }
    const reply = compose(platform, asked)
    keep(kept, key, { version, reply })
    return (await reply).ready
  }
}

/** The longest kept leaves first. A reply that failed is not kept. */
function keep(kept: Map<string, Kept>, key: string, entry: Kept): void {
  kept.delete(key)
  kept.set(key, entry)
  const oldest = kept.size > most ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  entry.reply.catch(() => kept.get(key) === entry && kept.delete(key))
}

async function compose({ transact, clock }: Platform, asked: Asked): Promise<{ ready: ReadyReply; until: Date }> {
  const now = clock.now()
  const { body, first } = await transact(anonymousActor, async (work) => {
    const told = await showFreeSlots(work, asked.facilityId, asked)
    return { body: String(encodeReply(route, told).body), first: freeTimesOf(told)[0]?.start }
  })
  // a time that has begun falls out by itself, and so does a day
  const midnight = instantOf(addDays(localDateOf(now), 1))
  const until = first !== undefined && new Date(first) < midnight ? new Date(first) : midnight
  return { ready: { version: digestOf(body), body }, until }
}
