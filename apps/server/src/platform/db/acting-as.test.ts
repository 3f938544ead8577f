import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createActor, systemActor } from '../access/actor.ts'
import { statementsOf } from '../testing/count-statements.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import type { Tx } from './database.ts'
import { asSystem } from './work.ts'

const spy = vi.spyOn(pg.Client.prototype, 'query')
const citizen = createActor({
  kind: 'citizen',
  personId: randomUUID(),
  grants: [],
  clinicalFacilityIds: [],
  proxyFor: [],
  personal: [],
})
let bed: TestBed

beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

async function whoActs(tx: Tx): Promise<string> {
  const { rows } = await sql<{ kind: string }>`select platform.actor_kind() as kind`.execute(tx)
  return rows[0]?.kind ?? ''
}

const timesNamed = () => statementsOf(spy.mock.calls).filter((text) => text.includes('app.actor_kind')).length

test('each statement runs as the actor of the work it was asked through, however the two are mixed', async () => {
  await bed.platform.transact(citizen, async (work) => {
    const seen = await Promise.all([
      whoActs(work.tx),
      asSystem(work, systemActor, ({ tx }) => whoActs(tx)),
      whoActs(work.tx),
      asSystem(work, systemActor, async (system) => [await whoActs(work.tx), await whoActs(system.tx)].join()),
    ])
    expect(seen).toEqual(['citizen', 'system', 'citizen', 'citizen,system'])
    expect(await whoActs(work.tx)).toBe('citizen')
  })
})

test('what is asked without waiting leaves in one piece, in order, and stays behind the wall of who asked', async () => {
  await bed.platform.transact(citizen, async (work) => {
    const writes = vi.spyOn(Socket.prototype as unknown as { _writeGeneric(): void }, '_writeGeneric')
    const seen = await Promise.all([
      whoActs(work.tx),
      whoActs(work.tx),
      asSystem(work, systemActor, ({ tx }) => whoActs(tx)),
      whoActs(work.tx),
    ])
    expect(seen).toEqual(['citizen', 'citizen', 'system', 'citizen'])
    expect(writes).toHaveBeenCalledTimes(1)
    writes.mockRestore()
  })
})

test('one that fails fails those sent behind it, tells its own error, and keeps nothing', async () => {
  const all = bed.platform.transact(citizen, ({ tx }) =>
    Promise.all([whoActs(tx), sql`select 1 / 0`.execute(tx), whoActs(tx)]),
  )
  await expect(all).rejects.toThrow('division by zero')
  expect(await bed.platform.transact(systemActor, ({ tx }) => whoActs(tx))).toBe('system')
})

test('who asks after the end is refused, also while the commit is under way', async () => {
  let late: Promise<string> | undefined
  await bed.platform.transact(citizen, async (work) => {
    await whoActs(work.tx)
    late = new Promise((done, failed) => setImmediate(() => whoActs(work.tx).then(done, failed)))
    late.catch(() => {})
  })
  await expect(late).rejects.toThrow()
})

test('the database is told who acts only when that changes', async () => {
  spy.mockClear()
  await bed.platform.transact(citizen, async (work) => {
    await whoActs(work.tx)
    for (let round = 0; round < 5; round++) await asSystem(work, systemActor, ({ tx }) => whoActs(tx))
    await whoActs(work.tx)
  })
  expect(timesNamed()).toBe(3)
})

test('going back to a savepoint does not leave the actor behind who was named after it', async () => {
  await bed.platform.transact(citizen, async (work) => {
    await sql`savepoint here`.execute(work.tx)
    await asSystem(work, systemActor, async ({ tx }) => {
      await expect(sql`select 1 / 0`.execute(tx)).rejects.toThrow('division by zero')
    })
    await sql`rollback to savepoint here`.execute(work.tx)
    expect(await asSystem(work, systemActor, ({ tx }) => whoActs(tx))).toBe('system')
    expect(await whoActs(work.tx)).toBe('citizen')
  })
})

test('a transaction that failed is over, whoever asks', async () => {
  const failed = bed.platform.transact(citizen, async (work) => {
    await sql`select 1 / 0`.execute(work.tx).catch(() => {})
    return asSystem(work, systemActor, ({ tx }) => whoActs(tx))
  })
  await expect(failed).rejects.toThrow('aborted')
})
