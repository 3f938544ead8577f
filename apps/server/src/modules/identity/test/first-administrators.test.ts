import { confirmTotp, createStaff, me, startTotp, vouch } from '@moinha/contracts/identity'
import { firstSignIn, lookFirstCode } from '@moinha/contracts/identity/first-sign-in'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from '../../../app.ts'
import { systemClock } from '../../../platform/clock/clock.ts'
import { readConfig } from '../../../platform/config/config.ts'
import { createLog } from '../../../platform/log/log.ts'
import { cloneDatabase, urlsOf } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { totpCode } from './totp-code.ts'

/** An installation's first day: a database with nothing in it, the command at a terminal, then the product. */
const root = join(import.meta.dirname, '..', '..', '..', '..', '..', '..')
const database = `t_${randomUUID().replaceAll('-', '')}`
const dataDir = mkdtempSync(join(tmpdir(), 'moinha-admin-'))
const password = 'một câu dài dễ nhớ 2026'
let urls: ReturnType<typeof urlsOf>
let owner: pg.Pool
let server: App
let dropClone: () => Promise<void>

beforeAll(async () => {
  const cluster = process.env['TEST_OWNER_URL'] ?? ''
  // a clone brings the cluster's logins; the installation itself begins with an empty database
  dropClone = (await cloneDatabase()).drop
  urls = urlsOf(cluster, database)
  const maker = new pg.Client({ connectionString: cluster })
  await maker.connect()
  await maker.query(`create database ${database}`)
  await maker.end()
  owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 2 })
}, 120_000)

afterAll(async () => {
  await server?.close()
  await owner.end()
  const maker = new pg.Client({ connectionString: process.env['TEST_OWNER_URL'] })
  await maker.connect()
  await maker.query(`drop database if exists ${database} with (force)`)
  await maker.end()
  await dropClone()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The command as an operator runs it. */
async function admin(args: string[], env: Record<string, string> = {}) {
  const { VITEST: _vitest, DATABASE_URL: _url, ...rest } = process.env
  const child = spawn(process.execPath, ['apps/server/src/admin.ts', ...args], {
    cwd: root,
    env: { ...rest, DATABASE_URL: urls.ownerUrl, PUBLIC_URL: 'https://kcb.example.vn', DATA_DIR: dataDir, ...env },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, out, err, link: /#([a-z0-9-]+)/.exec(out)?.[1] ?? '' }
}

const create = (username: string, more: string[] = []) =>
  admin(['create', '--name', 'Y Thuần', '--username', username, '--unit', 'Sở Y tế Thử Nghiệm', ...more])

const count = async (table: string) =>
  Number((await owner.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)

async function open(): Promise<App> {
  const config = { ...readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, LIVEKIT: 'off', REQUIRE_TOTP: '1' }, root) }
  const app = await createApp({ config, clock: systemClock, log: createLog({ LOG_LEVEL: 'error' }), ...urls })
  await app.app.ready()
  return app
}

/** From the link to the first page, with an authenticator app. */
async function enterWith(link: string): Promise<TestClient> {
  const client = new TestClient(server.app)
  const { leastPassword } = await client.call(lookFirstCode, { body: { code: link } })
  expect(leastPassword).toBe(8)
  const { next } = await client.call(firstSignIn, { body: { code: link, password } })
  expect(next).toBe('enrol')
  const { secret } = await client.call(startTotp, { body: { password } })
  await client.call(confirmTotp, { body: { code: totpCode(secret) } })
  return client
}

describe('the first administrators of an empty database', () => {
  let first = ''

  test('what the command cannot use is said in one line with the code of a wrong setting, and nothing is written', async () => {
    const answers = [
      await admin([]),
      await admin(['create', '--name', 'A', '--username', 'x y']),
      await admin(['create', '--nam', 'A']),
      await create('y.thuan', ['--phone', '12']),
      await admin(['link', '--username', 'a.b'], { DATABASE_URL: 'không phải' }),
    ]
    for (const { code, out, err } of answers) {
      expect([code, out]).toEqual([78, ''])
      expect(err.trim().split('\n')).toHaveLength(1)
    }
    const away = await admin(['link', '--username', 'a.b.c'], { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/none' })
    expect([away.code, away.err.trim().split('\n').length]).toEqual([75, 1])
  }, 60_000)

  test('create makes the unit at the top and the person, in one transaction, and prints a link', async () => {
    const made = await create('y.thuan', ['--phone', '0912 345 678'])
    expect([made.err, made.code]).toEqual(['', 0])
    expect(made.out).toMatch(/https:\/\/kcb\.example\.vn\/work\/first-sign-in#([a-z0-9]{4}-){3}[a-z0-9]{4}\n/)
    first = made.link
    const { rows } = await owner.query('select code_hash, purpose from identity.first_code')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(made.link.replaceAll('-', ''))
    expect(await count("audit.entry where action = 'identity.makeAdministrator'")).toBe(1)
  }, 60_000)

  test('the same user name or phone again is refused in one line; nothing is half-done', async () => {
    const before = [await count('identity.person'), await count('facilities.facility'), await count('audit.entry')]
    const again = await create('y.thuan')
    const phone = await create('y.khac', ['--phone', '+84912345678'])
    const elsewhere = await admin(['create', '--name', 'B', '--username', 'b.khac', '--unit', 'Sở khác'])
    for (const refused of [again, phone, elsewhere]) {
      expect(refused.code).toBe(1)
      expect(refused.err.trim().split('\n')).toHaveLength(1)
    }
    expect([again.err, phone.err, elsewhere.err].join('')).toMatch(/admin -- link[^]*y\.thuan[^]*Sở Y tế Thử Nghiệm/)
    expect([await count('identity.person'), await count('facilities.facility'), await count('audit.entry')]).toEqual(
      before,
    )
  }, 60_000)

  test('a link anew makes the one before worthless', async () => {
    const fresh = await admin(['link', '--username', 'y.thuan'])
    expect(fresh.code).toBe(0)
    server = await open()
    const old = await new TestClient(server.app).try(lookFirstCode, { body: { code: first } })
    expect(old.problem?.code).toBe('FIRST_CODE_WRONG')
    first = fresh.link
  }, 60_000)

  test('the link sets a password, joins a second factor, opens the work, and works once', async () => {
    const client = await enterWith(first)
    const { permissions, pending, waitsForVouch } = await client.call(me)
    expect(pending).toEqual([])
    expect(waitsForVouch).toBe(false)
    expect(permissions).toContain('staff.manage')
    const again = await new TestClient(server.app).try(firstSignIn, { body: { code: first, password } })
    expect(again.problem?.code).toBe('FIRST_CODE_WRONG')
    expect((await admin(['link', '--username', 'y.thuan'])).code).toBe(1)
  }, 60_000)

  test('a link whose time is over opens nothing and holds no place; two hold all there are', async () => {
    const late = await create('tre.hen')
    await owner.query(
      `update identity.first_code set expires_at = now() - interval '1 minute' where purpose = 'administrator'
        and used_at is null`,
    )
    const tried = await new TestClient(server.app).try(firstSignIn, { body: { code: late.link, password } })
    expect(tried.problem?.code).toBe('FIRST_CODE_WRONG')
    const second = await create('nguoi.hai')
    expect(second.code).toBe(0)
    const third = await create('nguoi.ba')
    expect([third.code, third.err.trim().split('\n').length]).toEqual([1, 1])
    expect((await admin(['link', '--username', 'tre.hen'])).code).toBe(1)
    const facilityId = (await owner.query<{ id: string }>('select id from facilities.facility')).rows[0]?.id ?? ''
    const [one, two] = [await enterAgain('y.thuan'), await enterWith(second.link)]
    // what needs two people works on the first day: one makes a colleague, the other vouches
    const made = await one.call(createStaff, {
      body: { ...colleague, personId: randomUUID(), practitionerRoleId: randomUUID(), facilityId, username: 'dd.mot' },
    })
    await owner.query('update identity.account_user set must_change_password = false where username = $1', ['dd.mot'])
    expect((await one.try(vouch, { params: { personId: made.personId } })).problem?.code).toBe('OTHER_EYES_NEEDED')
    await two.call(vouch, { params: { personId: made.personId } })
  }, 90_000)

  const colleague = {
    fullName: 'Nguyễn Thị Một',
    sex: 'female' as const,
    role: 'station_nurse',
    qualification: 'nurse' as const,
    title: 'Điều dưỡng',
    degree: '',
    specialties: [],
    licenceNo: '',
    licenceIssuer: '',
    licenceDate: null,
    licenceScope: '',
    weeklyHours: null,
    isPublic: true,
  }

  /** Signed in once more without the second factor's wait: the sessions of this test share one moment's code. */
  async function enterAgain(username: string): Promise<TestClient> {
    await owner.query('update identity.account_user set totp_enabled = false where username = $1', [username])
    await owner.query(
      'delete from identity.account_totp where user_id = (select id from identity.account_user where username = $1)',
      [username],
    )
    const client = new TestClient(server.app)
    await client.send({ method: 'POST', url: '/api/identity/sign-in', payload: { username, password } })
    const { secret } = await client.call(startTotp, { body: { password } })
    await client.call(confirmTotp, { body: { code: totpCode(secret) } })
    return client
  }
})
