import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../log/log.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { Processes } from './processes.ts'

let bed: TestBed
let predecessor: pg.PoolClient
beforeAll(async () => {
  bed = await openTestBed()
  predecessor = await bed.owner.connect()
}, 120_000)
afterAll(async () => {
  predecessor.release(true)
  await bed.close()
})

/** A process whose connection is still there, last seen some seconds ago. */
async function leaveBehind(secondsAgo: number): Promise<string> {
  const id = randomUUID()
  const { rows } = await predecessor.query<{ no: number }>(
    `insert into platform.process (id, role, host, pid, secret_hash, seen_at)
     values ($1, 'both', 'station', 1, 'same', clock_timestamp() - make_interval(secs => $2)) returning no`,
    [id, secondsAgo],
  )
  await predecessor.query('select pg_advisory_lock(7301, $1)', [rows[0]?.no])
  return id
}

test('a predecessor that was killed and still looks alive is waited for, longer than a closing one', async () => {
  // it looks alive for 16 s more: beyond the 10 s that a beating one gets, short of the 30 s of a fresh death
  const id = await leaveBehind(14)
  const processes = new Processes({
    config: { ROLE: 'both' },
    url: bed.urls.appUrl,
    transact: bed.platform.transact,
    log: createLog({ LOG_LEVEL: 'silent' }),
    secretHash: 'same',
  })
  await processes.start()
  const { rowCount } = await bed.owner.query('select from platform.process where id = $1', [id])
  expect(rowCount).toBe(0)
  await processes.stop()
}, 90_000)
