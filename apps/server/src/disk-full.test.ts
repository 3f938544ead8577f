import { health } from '@moinha/contracts/platform'
import { sql } from 'kysely'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from './app.ts'
import { systemActor } from './platform/access/actor.ts'
import { systemClock } from './platform/clock/clock.ts'
import { readConfig } from './platform/config/config.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/postgres/start-embedded-postgres.ts'
import { openInstallation } from './embedded/postgres/open-installation.ts'
import { toCodedError } from './platform/http/problem.ts'
import { createLog } from './platform/log/log.ts'

/** A small disk of its own. */
const disk = mkdtempSync(join(tmpdir(), 'moinha-disk-'))
const lines: string[] = []
let database: EmbeddedPostgres | undefined
let app: App | undefined
let whyNot: string | undefined

beforeAll(async () => {
  whyNot = mountSmallDisk()
  if (whyNot) return
  database = await startEmbeddedPostgres({ dataDir: join(disk, 'postgres') })
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.ownerUrl,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'moinha-test-')),
    LIVEKIT: 'off',
  })
  const log = createLog({ LOG_LEVEL: 'info' }, { write: (line: string) => void lines.push(line) })
  const databases = await openInstallation(config, () => {})
  app = await createApp({ config, clock: systemClock, log, ...databases })
  await app.app.ready()
}, 120_000)
afterAll(async () => {
  await app?.close()
  await database?.stop()
  if (!whyNot) execFileSync('umount', ['--lazy', disk])
  rmSync(disk, { recursive: true, force: true })
}, 60_000)

function mountSmallDisk(): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=0755', 'tmpfs', disk], { stdio: 'pipe' })
    return undefined
  } catch {
    return 'a small disk can be mounted by root on Linux only'
  }
}

/** Takes all that is left. */
function fill(): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(join(disk, 'stuff'), Buffer.alloc(bavail * bsize))
}

const status = async () => {
  const { statusCode, body } = (await app?.app.inject({ url: health.path })) ?? { statusCode: 0, body: '{}' }
  return [statusCode, (JSON.parse(body) as { code?: string }).code]
}

const writeMuch = () =>
  app?.platform.transact(systemActor, ({ tx }) =>
    sql`insert into platform.space_probe (bytes) values (${randomBytes(6_000_000)})`.execute(tx),
  )

const said = (words: string) => lines.filter((line) => line.includes(words))

test('a full disk is said once and at /health, writes are refused, reads go on, and it comes back by itself', async (context) => {
  if (whyNot) return context.skip(whyNot)
  expect(await status()).toEqual([200, undefined])
  fill()
  for (let i = 0; i < 3; i++) {
    const refused = await writeMuch()?.then(() => undefined, toCodedError)
    expect([refused?.status, refused?.code]).toEqual([503, 'DISK_FULL'])
  }
  expect(await status()).toEqual([503, 'DISK_FULL'])
  expect(await app?.platform.transact(systemActor, ({ tx }) => sql`select 1`.execute(tx))).toBeTruthy()
  rmSync(join(disk, 'stuff'))
  await expect.poll(status, { timeout: 30_000, interval: 200 }).toEqual([200, undefined])
  await writeMuch()
  expect(said('the disk of the database is full')).toHaveLength(1)
  expect(said('there is room on the disk')).toHaveLength(1)
}, 90_000)
