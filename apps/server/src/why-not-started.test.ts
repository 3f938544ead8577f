import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, urlsOf } from './platform/testing/test-bed.ts'

const root = join(import.meta.dirname, '..', '..', '..')
/** With the demo in it, and an empty one beside it. */
let demo: Awaited<ReturnType<typeof cloneDatabase>>
let database: ReturnType<typeof urlsOf>
let dataDir: string
/** Somebody else’s program on a port of this machine. */
let other: Server
let taken = 0

beforeAll(async () => {
  demo = await cloneDatabase()
  database = urlsOf(demo.ownerUrl, emptyName)
  await onDemo(`create database ${emptyName}`)
  dataDir = mkdtempSync(join(tmpdir(), 'moinha-test-'))
  other = createServer()
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
  taken = (other.address() as AddressInfo).port
}, 120_000)
afterAll(async () => {
  other.close()
  await onDemo(`drop database ${emptyName} with (force)`)
  await demo.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const emptyName = `t_empty_${process.pid}`

async function onDemo(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: demo.ownerUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

interface End {
  code: number | null
  words: string
}

/**
 * What a production server with these settings ends by, and what it says; one that starts is ended and says nothing.
 */
async function startWith(changes: Record<string, string>): Promise<End> {
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDir,
    LIVEKIT: 'off',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://moinha.example',
    TRUST_PROXY: '1',
    AUTH_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    AUDIT_SIGNING_KEY:
      'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1DNENBUUF3QlFZREsyVndCQ0lFSUp0aDdYbkl5TjJVVXVkZk9xbVU0bGVVZEtVb3dvOVRadE4xRm0wRjVYTlAKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=',
    ...urlsAsSettings(database),
    ...changes,
  }
  const child = spawn(process.execPath, ['apps/server/src/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('Mọi Nhà  →') && child.kill('SIGTERM'))
  const code = await new Promise<number | null>((ended) => child.once('close', ended))
  return { code, words: words.trim() }
}

function urlsAsSettings({ ownerUrl, appUrl, authUrl }: ReturnType<typeof urlsOf>): Record<string, string> {
  return { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl, AUTH_DATABASE_URL: authUrl }
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url)
  changed.password = password
  return changed.href
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

test('with everything in place it starts', async () => {
  expect(await startWith({})).toEqual({ code: 0, words: '' })
}, 60_000)

test.each([
  [
    'a wrong password',
    () => ({ DATABASE_URL: withPassword(database.ownerUrl, 'wrong-one') }),
    'Sai mật khẩu',
    'wrong-one',
  ],
  [
    'a login that is missing',
    () => ({ APP_DATABASE_URL: database.appUrl.replace('moinha_app', 'nobody') }),
    'Sai mật khẩu',
    'only-in-a',
  ],
  [
    'a database that is missing',
    () => ({ DATABASE_URL: withDatabase(database.ownerUrl, 'nowhere') }),
    'Không có cơ sở dữ liệu',
    '',
  ],
  ['a database with the demo in it', () => urlsAsSettings(demo), 'tài khoản minh họa', ''],
  ['the owner as application', () => ({ APP_DATABASE_URL: database.ownerUrl }), 'quá nhiều quyền', ''],
  ['a port in use', () => ({ PORT: String(taken) }), 'đang được dùng, chọn cổng khác', ''],
  ['the port of the figures in use', () => ({ METRICS_PORT: String(taken) }), 'đang được dùng, chọn cổng khác', ''],
  ['a secret that is missing', () => ({ AUTH_SECRET: '' }), 'AUTH_SECRET', ''],
  ['a secret that is too short', () => ({ AUTH_SECRET: 'short-and-known' }), 'AUTH_SECRET', 'short-and-known'],
  [
    'a secret out of an example',
    () => ({ AUTH_SECRET: 'change-me-change-me-change-me-123456' }),
    'AUTH_SECRET dễ đoán',
    'me-123456',
  ],
  ['a setting that is no number', () => ({ PORT: 'web' }), 'PORT', ''],
] as const)(
  '%s is said in one line, and nothing is tried again',
  async (_name, changes, said, secret) => {
    const { code, words } = await startWith(changes())
    expect(words.split('\n')).toHaveLength(1)
    expect(words).toContain(said)
    expect(words).toContain(' · ')
    if (secret) expect(words).not.toContain(secret)
    expect(code).toBe(78)
  },
  60_000,
)

test('a database newer than the program is left as it is', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    await owner.query("insert into platform.migration (name, hash) values ('20991231T2359_tomorrow.sql', 'x')")
    const before = await owner.query('select name, hash, applied_at from platform.migration order by name')
    const { code, words } = await startWith({})
    expect([code, words.split('\n').length]).toEqual([78, 1])
    expect(words).toContain('Cơ sở dữ liệu mới hơn chương trình')
    expect((await owner.query('select name, hash, applied_at from platform.migration order by name')).rows).toEqual(
      before.rows,
    )
  } finally {
    await owner.query("delete from platform.migration where name like '2099%'")
    await owner.end()
  }
}, 60_000)

test('a database that is away may come back: the same start is tried again later', async () => {
  const away = new URL(database.ownerUrl)
  away.port = '1'
  const { code, words } = await startWith({ DATABASE_URL: away.href })
  expect([code, words.split('\n').length]).toEqual([75, 1])
}, 60_000)
