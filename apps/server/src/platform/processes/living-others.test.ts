import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../db/migrate.ts'
import { openAuthRole } from '../db/roles.ts'
import { StartRefused } from '../errors/start-refused.ts'
import { createLog } from '../log/log.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { Processes } from './processes.ts'
import { shortHash } from './short-hash.ts'

let bed: TestBed
let running: Processes
beforeAll(async () => {
  bed = await openTestBed()
  running = new Processes({
    config: { ROLE: 'both' },
    url: bed.urls.appUrl,
    transact: bed.platform.transact,
    log: createLog({ LOG_LEVEL: 'silent' }),
    secretHash: shortHash('the secret of the installation'),
  })
  await running.start()
}, 120_000)
afterAll(async () => {
  await running.stop()
  await bed.close()
})

/** The stored form of a login's password: equal as long as nobody gave another. */
async function passwordOf(role: string): Promise<string | undefined> {
  const { rows } = await bed.owner.query<{ kept: string }>(
    'select rolpassword as kept from pg_authid where rolname = $1',
    [role],
  )
  return rows[0]?.kept
}

test('a start with another secret is refused before it changes the login that the running one lives by', async () => {
  const before = await passwordOf('moinha_auth')
  const started = openAuthRole(bed.urls.ownerUrl, bed.urls.appUrl, 'another secret')
  await expect(started).rejects.toThrow(StartRefused)
  await expect(started).rejects.toThrow(/AUTH_SECRET/)
  expect(await passwordOf('moinha_auth')).toBe(before)
}, 60_000)

test('a newer release changes no table while one of the earlier still runs, and does once it has ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'moinha-newer-'))
  try {
    await writeFile(join(folder, '29991231T2359_newer.sql'), 'create table platform.newer ();')
    await expect(migrate(bed.urls.ownerUrl, [folder])).rejects.toThrow(/still runs; stop all before an upgrade/)
    const there = () => bed.owner.query<{ name: string | null }>("select to_regclass('platform.newer')::text as name")
    expect((await there()).rows).toEqual([{ name: null }])
    await running.stop()
    expect(await migrate(bed.urls.ownerUrl, [folder])).toBe(1)
    expect((await there()).rows).toEqual([{ name: 'platform.newer' }])
  } finally {
    await rm(folder, { recursive: true })
  }
}, 60_000)
