import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { runningOwnerUrl } from './embedded/postgres/running-owner-url.ts'
import { startEmbeddedPostgres } from './embedded/postgres/start-embedded-postgres.ts'
import { mayPass, whyNotStarted } from './why-not-started.ts'

const module = join(import.meta.dirname, 'embedded', 'postgres', 'start-embedded-postgres.ts')
const folders: string[] = []
const disks: string[] = []
afterEach(() => {
  for (const disk of disks.splice(0)) execFileSync('umount', ['--lazy', disk])
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moinha-first-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

/** Starts, asks, stops. */
async function works(dataDir: string): Promise<unknown> {
  const database = await startEmbeddedPostgres({ dataDir })
  const client = new pg.Client({ connectionString: database.ownerUrl })
  try {
    await client.connect()
    return (await client.query<{ said: number }>('select 7 as said')).rows[0]?.said
  } finally {
    await client.end()
    await database.stop()
  }
}

/** The tables stand, and the demo is half-written. */
async function isSeeding(dataDir: string): Promise<boolean> {
  const ask = async () => {
    const client = new pg.Client({ connectionString: runningOwnerUrl(dataDir) })
    client.on('error', () => {})
    await client.connect()
    return client.query('select from platform.seed_mark').finally(() => client.end())
  }
  return ask().then(
    ({ rowCount }) => rowCount !== null && rowCount > 0,
    () => false,
  )
}

/** What is said of it, and whether another try may help. */
async function refusal(dataDir: string): Promise<{ said: string; again: boolean }> {
  const error = await startEmbeddedPostgres({ dataDir }).then(
    async (database) => {
      await database.stop()
      return new Error('it started')
    },
    (reason: unknown) => reason,
  )
  return { said: whyNotStarted(error), again: mayPass(error) }
}

test('data of another PostgreSQL is said in one line and left as it is', async () => {
  const dataDir = join(newFolder(), 'postgres')
  expect(await works(dataDir)).toBe(7)
  const file = join(dataDir, 'PG_VERSION')
  const made = readFileSync(file, 'utf8')
  writeFileSync(file, '14\n')
  const { said, again } = await refusal(dataDir)
  expect(said.split('\n')).toHaveLength(1)
  expect(said).toContain('là của PostgreSQL 14')
  expect(said).toContain(' · ')
  expect(again).toBe(false)
  writeFileSync(file, made)
  expect(await works(dataDir)).toBe(7)
}, 90_000)

test('a folder that another server uses is said in one line', async () => {
  const dataDir = join(newFolder(), 'postgres')
  const database = await startEmbeddedPostgres({ dataDir })
  const { said, again } = await refusal(dataDir)
  await database.stop()
  expect(said).toMatch(/^Một máy chủ khác đang dùng .* · .*$/)
  expect(again).toBe(false)
}, 60_000)

test('a password that a full disk left empty is made anew', async () => {
  const dataDir = join(newFolder(), 'postgres')
  expect(await works(dataDir)).toBe(7)
  writeFileSync(`${dataDir}.password`, '')
  expect(await works(dataDir)).toBe(7)
  expect(readFileSync(`${dataDir}.password`, 'utf8').trim()).not.toBe('')
}, 60_000)

test('a disk that fills up during the first set-up is said in one line, and nothing half-made stays', async (context) => {
  const disk = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=30m,mode=0755', 'tmpfs', disk], { stdio: 'pipe' })
    disks.push(disk)
  } catch {
    return context.skip('a small disk can be mounted by root on Linux only')
  }
  const dataDir = join(disk, 'postgres')
  expect(await refusal(dataDir)).toEqual({
    said: 'Đĩa đầy, không khởi động được · the disk is full, the server cannot start',
    again: true,
  })
  expect(readdirSync(disk).filter((name) => name.includes('unfinished'))).toEqual([])
  execFileSync('mount', ['-o', 'remount,size=300m', disk])
  expect(await works(dataDir)).toBe(7)
}, 90_000)

test('killed in the middle of the first set-up it begins again', async () => {
  const folder = newFolder()
  const dataDir = join(folder, 'postgres')
  const script = `import(${JSON.stringify(module)}).then((made) => made.startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }))`
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
  await expect
    .poll(() => readdirSync(folder).some((name) => name.includes('unfinished')), { timeout: 20_000, interval: 5 })
    .toBe(true)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  expect(await works(dataDir)).toBe(7)
  expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([])
}, 90_000)

test('asked to end in the middle of the first set-up it ends without a word', async () => {
  const dataDir = newFolder()
  const child = spawn(process.execPath, ['apps/server/src/main.ts'], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    env: { PATH: process.env['PATH'], DEMO: '1', PORT: '0', LIVEKIT: 'off', LOG_LEVEL: 'error', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise((resolve) => child.once('close', resolve))
  await expect.poll(() => isSeeding(join(dataDir, 'postgres')), { timeout: 60_000, interval: 20 }).toBe(true)
  child.kill('SIGTERM')
  expect([await ended, said.replace(/The database account cannot.*\n/, '')]).toEqual([0, 'Creating the database…\n'])
}, 90_000)
