import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from './embedded/postgres/start-embedded-postgres.ts'
import { freePort } from './platform/testing/redis-for-tests.ts'
import { openFleet } from './platform/testing/server-fleet.ts'
import { startServerProcess } from './platform/testing/server-process.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moinha-children-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a media server that ours started ends with it, even by kill -9', async () => {
  const folder = newFolder()
  const [binary, pidFile] = [join(folder, 'livekit-server'), join(folder, 'pid')]
  writeFileSync(binary, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 1000\n`, { mode: 0o755 })
  const fleet = await openFleet({ env: { LIVEKIT: 'auto', LIVEKIT_SERVER: binary } })
  await expect
    .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '', { timeout: 10_000 })
    .toBe(true)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  expect(lives(pid)).toBe(true)
  await fleet.kill(0)
  await expect.poll(() => lives(pid), { timeout: 5_000 }).toBe(false)
  await fleet.close()
}, 120_000)

test('an embedded database that is killed comes back in the same place', async () => {
  const database = await startEmbeddedPostgres({ dataDir: join(newFolder(), 'postgres') })
  const ask = async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<{ kept: number }>('select kept from test_of_restart')).rows[0]?.kept
    } finally {
      await client.end()
    }
  }
  const client = new pg.Client({ connectionString: database.ownerUrl })
  client.on('error', () => {})
  await client.connect()
  await client.query('create table test_of_restart as select 7 as kept')
  process.kill(Number(readFileSync(join(database.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  await expect.poll(() => ask().catch(() => 'away'), { timeout: 15_000 }).toBe(7)
  await database.stop()
  await expect(ask()).rejects.toThrow()
}, 60_000)

test('a server that ends unasked is started again after growing pauses, and not when its settings are wrong', async () => {
  const script = `
    import { keepRunning } from './tools/keep-running.mjs'
    const codes = [1, 137, 75, 0, 78, 1]
    const said = []
    const code = await keepRunning(async () => codes.shift(), { asked: () => false, say: (line) => said.push(line), secondMs: 1 })
    const pauses = said.map((line) => /again in (\\d+) s/.exec(line)[1])
    const unexpected = said.filter((line) => line.includes('unexpectedly')).length
    let starts = 0
    const asked = await keepRunning(async () => ++starts, { asked: () => starts === 3, say: () => {}, secondMs: 1 })
    const healthy = []
    await keepRunning(async () => (healthy.length < 3 ? 1 : 78), { asked: () => false, say: (line) => healthy.push(line), secondMs: 1, healthyMs: 0 })
    console.log(JSON.stringify({ code, pauses, unexpected, asked, starts, healthy: healthy.every((line) => line.includes('again in 1 s')) }))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
  expect(JSON.parse(stdout)).toEqual({
    code: 78,
    pauses: ['1', '2', '4', '8'],
    unexpected: 3,
    asked: 0,
    starts: 3,
    healthy: true,
  })
})

test('a data folder that cannot be made ends the start with a line of words and a code that is not tried again', async () => {
  const start = startServerProcess(await freePort(), { DATA_DIR: '/dev/null/moinha', LIVEKIT: 'off' })
  const said = await start.then(
    () => '',
    (error: Error) => error.message,
  )
  expect(said).toMatch(/exit code 78[^]*DATA_DIR=\/dev\/null\/moinha cannot be written \(ENOTDIR\)/)
  expect(said).not.toMatch(/ at .*[.]ts:/)
}, 100_000)
