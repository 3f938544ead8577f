import { grantRole, sendOtp } from '@moinha/contracts/identity'
import type { Permission } from '@moinha/contracts/permissions'
import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../domain/demo-ids.ts'
import { waitsForVouch } from '../policy.ts'

// What somebody reaches who gets a statement of their own into the application's connection.

const hospital = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const person = demoPersonId('cast/districtSpecialist')
let bed: TestBed
let app: pg.Pool
let auth: pg.Pool
beforeAll(async () => {
  bed = await openTestBed()
  app = new pg.Pool({ connectionString: bed.urls.appUrl, max: 1 })
  auth = new pg.Pool({ connectionString: bed.urls.authUrl, max: 1 })
})
afterAll(async () => {
  await Promise.all([app.end(), auth.end()])
  await bed.close()
})

/** One statement in a transaction that pretends to be whoever it likes; taken back afterwards. */
async function inject(
  pool: pg.Pool,
  statement: string,
  actor: { kind: string; person?: string } = { kind: 'system' },
): Promise<pg.QueryResult> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('app.actor_kind', $1, true), set_config('app.person_id', $2, true)", [
      actor.kind,
      actor.person ?? '',
    ])
    return await client.query(statement)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test.each([
  'select password from identity.account_credential',
  'select secret from identity.account_totp',
  'select token from identity.account_session',
  'select value from identity.account_verification',
  'select code_hash from identity.one_time_code',
  'select body from identity.sms_outbox',
  'select * from identity.known_device',
  'select * from identity.throttle',
  'delete from identity.throttle',
  "update identity.account_credential set password = 'x'",
  'update identity.account_user set disabled_at = null',
  `insert into identity.account_session (user_id, token, expires_at)
    values ('${person}', 'x', now() + interval '1 day')`,
  `insert into identity.role_grant (id, person_id, role_key, facility_id)
    values (gen_random_uuid(), '${person}', 'system_admin', '${hospital}')`,
  "update identity.role_grant set role_key = 'system_admin'",
  'delete from identity.role_grant',
  "insert into identity.role_permission values ('citizen', 'patient.read')",
  "insert into identity.permission values ('x')",
  'update identity.role set rank = 0',
  `insert into identity.practitioner_role (id, person_id, facility_id, title)
    values (gen_random_uuid(), '${person}', '${hospital}', 'x')`,
  "update identity.practitioner_role set licence_no = 'x'",
  'update identity.setting set value = 1',
  `select identity.note('r', 'a', 's', null)`,
  `select identity.tell_heads('${person}', 'password-reset')`,
  `select identity.add_release_roles('[]', '[]')`,
])('the application’s login is refused: %s', async (statement) => {
  await expect(inject(app, statement)).rejects.toThrow(/permission denied/)
})

test.each([
  'select * from records.patient',
  'select * from records.encounter',
  'select birth_date from identity.person',
  'select * from audit.entry',
  `insert into identity.role_grant (id, person_id, role_key, facility_id)
    values (gen_random_uuid(), '${person}', 'system_admin', '${hospital}')`,
  "update identity.practitioner_role set licence_no = 'x'",
])('identity’s own login is refused: %s', async (statement) => {
  await expect(inject(auth, statement)).rejects.toThrow(/permission denied/)
})

test('identity’s login owns nothing and walks around no policy', async () => {
  const { rows } = await bed.owner.query(`select rolsuper, rolbypassrls, rolcreaterole,
      exists (select from pg_class c where c.relowner = r.oid) as owns,
    exists (select from pg_auth_members m where m.member = r.oid) as member from pg_roles r
    where rolname = 'moinha_auth'`)
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owns: false, member: false }])
})

const granting = (role: string, to = person) =>
  `select identity.grant_role('${randomUUID()}', '${to}', '${role}', '${hospital}', now(), 'r')`

test('the owner’s functions judge who acts, whatever the server would have let pass', async () => {
  const as = (key: string) => ({ kind: 'staff', person: demoPersonId(`cast/${key}`) })
  await expect(inject(app, granting('duty_lead'), as('nurse'))).rejects.toThrow('FOREIGN_UNIT')
  await expect(inject(app, granting('system_admin'), as('unitAdmin'))).rejects.toThrow('ROLE_ABOVE_YOURS')
  await expect(inject(app, granting('specialist', demoPersonId('cast/unitAdmin')), as('unitAdmin'))).rejects.toThrow(
    'NOT_ON_YOURSELF',
  )
  await expect(
    inject(app, granting('duty_lead'), { kind: 'citizen', person: demoPersonId('cast/lan') }),
  ).rejects.toThrow('NOT_ALLOWED')
  await expect(inject(app, granting('duty_lead'), { kind: 'anonymous' })).rejects.toThrow('NOT_ALLOWED')
})

test('an account nobody vouched for makes, grants and vouches for nothing', async () => {
  const waiting = { kind: 'staff', person: demoPersonId('cast/unitAdmin') }
  await bed.owner.query('update identity.account_user set credential_by = $2, credential_at = now() where id = $1', [
    waiting.person,
    demoPersonId('cast/systemAdmin'),
  ])
  const statements = [
    granting('specialist'),
    `select identity.vouch('${person}', 'r')`,
    `select identity.add_staff_account('${person}', 'x.y', 'h', true, 'r')`,
  ]
  for (const statement of statements)
    await expect(inject(app, statement, waiting)).rejects.toThrow('VOUCH_FOR_YOURSELF_FIRST')
  await bed.owner.query('update identity.account_user set credential_by = null, credential_at = null where id = $1', [
    waiting.person,
  ])
})

test('nobody vouches for themselves, nor the giver of the password, whoever writes the row', async () => {
  const write = (by: string) =>
    bed.owner.query(
      'update identity.account_user set credential_by = $2, credential_at = now(), vouched_by = $3 where id = $1',
      [person, demoPersonId('cast/unitAdmin'), by],
    )
  await expect(write(person)).rejects.toThrow(/check constraint/)
  await expect(write(demoPersonId('cast/unitAdmin'))).rejects.toThrow(/check constraint/)
})

test('the system grants nothing in a database whose demo is loaded, nor in one that is marked by hand', async () => {
  await expect(inject(app, granting('system_admin'))).rejects.toThrow('NOT_ALLOWED')
  await bed.owner.query("update platform.seed_mark set name = 'away' where name = 'identity people'")
  try {
    await expect(inject(app, granting('system_admin'))).rejects.toThrow('NOT_ALLOWED')
    await expect(inject(app, "insert into platform.seed_mark values ('identity people')")).rejects.toThrow(/policy/)
    const open = 'select identity.open_demo_load(pg_current_xact_id())'
    await expect(inject(app, open)).rejects.toThrow(/permission denied/)
    await expect(inject(app, `insert into identity.demo_load values (pg_current_xact_id())`)).rejects.toThrow(
      /permission denied/,
    )
  } finally {
    await bed.owner.query("update platform.seed_mark set name = 'identity people' where name = 'away'")
  }
})

test('the load of a demo is opened by identity’s login, for one transaction, and not a second time', async () => {
  const client = await app.connect()
  const begin = async () => {
    await client.query("begin; set local app.actor_kind = 'system'")
    return (await client.query<{ id: string }>('select pg_current_xact_id()::text as id')).rows[0]?.id
  }
  const openLoad = (id?: string) => auth.query('select identity.open_demo_load($1::text::xid8)', [id])
  try {
    await expect(openLoad(await begin())).rejects.toThrow('NOT_ALLOWED')
    await bed.owner.query("update platform.seed_mark set name = 'away' where name = 'identity people'")
    const earlier = await begin()
    await openLoad(earlier)
    await client.query(granting('duty_lead'))
    await client.query("insert into platform.seed_mark values ('identity people')")
    await client.query('rollback')
    await begin()
    await expect(client.query(granting('duty_lead'))).rejects.toThrow('NOT_ALLOWED')
    await client.query('rollback')
    // a restored database: the same number, opened long ago
    const again = await begin()
    await bed.owner.query('update identity.demo_load set transaction = $1::text::xid8', [again])
    await bed.owner.query("update identity.demo_load set opened_at = now() - interval '1 day'")
    await expect(client.query(granting('duty_lead'))).rejects.toThrow('NOT_ALLOWED')
  } finally {
    await client.query('rollback')
    client.release()
    await bed.owner.query("update platform.seed_mark set name = 'identity people' where name = 'away'")
  }
})

test('the walls of log, emergencies and consults open to no one whose account waits, is closed or has a given password', async () => {
  const admin = demoPersonId('cast/unitAdmin')
  const units = async (wanted: string) => {
    const statement = `select cardinality(${wanted}()) as n`
    return (await inject(app, statement, { kind: 'staff', person: admin })).rows[0] as { n: number }
  }
  const walls = ['audit.read_facilities', 'records.judged_facilities']
  const set = (fields: string) => bed.owner.query(`update identity.account_user set ${fields} where id = $1`, [admin])
  const giver = demoPersonId('cast/systemAdmin')
  for (const wall of walls) expect((await units(wall)).n).toBeGreaterThan(0)
  for (const [state, back] of [
    [`credential_by = '${giver}', credential_at = now()`, 'credential_by = null, credential_at = null'],
    ['disabled_at = now()', 'disabled_at = null'],
    ['must_change_password = true', 'must_change_password = false'],
  ] as const) {
    await set(state)
    for (const wall of walls) expect(await units(wall)).toEqual({ n: 0 })
    await set(back)
  }
  const lead = { kind: 'staff', person: demoPersonId('cast/dutyLead') }
  expect((await inject(app, 'select cardinality(consults.led_facilities()) as n', lead)).rows[0].n).toBeGreaterThan(0)
  const top = { kind: 'staff', person: giver }
  expect((await inject(app, 'select audit.reads_top() as top', top)).rows).toEqual([{ top: true }])
  expect((await inject(app, 'select audit.reads_top() as top', { kind: 'staff', person: admin })).rows).toEqual([
    { top: false },
  ])
})

test('database and server agree which roles wait for somebody to vouch', async () => {
  const { rows } = await bed.owner.query<{ role: string; permissions: Permission[]; waits: boolean }>(
    `select r.key as role, identity.waits_for_vouch(r.key) as waits,
      (select array_agg(p.permission) from identity.role_permission p where p.role_key = r.key) as permissions
      from identity.role r`,
  )
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) expect([row.role, row.waits]).toEqual([row.role, waitsForVouch(row.permissions)])
})

test('a grant leaves its row in the access log, in the statement that made it', async () => {
  const admin = await bed.as('unitAdmin')
  const body = { id: randomUUID(), personId: person, role: 'duty_lead', facilityId: hospital }
  await admin.call(grantRole, { body })
  await admin.call(grantRole, { body })
  const { rows } = await bed.owner.query(
    "select actor_id, facility_id, detail from audit.entry where action = 'identity.grantRole' and subject_id = $1",
    [body.id],
  )
  expect(rows).toEqual([
    { actor_id: demoPersonId('cast/unitAdmin'), facility_id: hospital, detail: { role: 'duty_lead', person } },
  ])
  const seeded = await bed.owner.query(
    "select count(*)::int as n from audit.entry where action = 'identity.grantRole' and actor_kind = 'system'",
  )
  const grants = await bed.owner.query('select count(*)::int as n from identity.role_grant where granted_by is null')
  expect(seeded.rows).toEqual(grants.rows)
})

test('neither a code nor a session stands in the database as it is sent', async () => {
  const lan = await bed.as('lan')
  const token = decodeURIComponent(lan.cookies.get('moinha.session') ?? '').split('.')[0] ?? ''
  const sessions = await bed.owner.query<{ token: string }>(
    'select token from identity.account_session where user_id = $1',
    [demoPersonId('cast/lan')],
  )
  expect(sessions.rows.map((row) => row.token)).toContain(createHash('sha256').update(token).digest('hex'))
  expect(sessions.rows.map((row) => row.token)).not.toContain(token)
  await bed.anonymous().call(sendOtp, { body: { phone: '0912555001' } })
  const texts = await bed.owner.query<{ body: string }>(
    "select body from identity.sms_outbox where to_phone = '+84912555001'",
  )
  const code = /\d{6}/.exec(texts.rows[0]?.body ?? '')?.[0] ?? 'none'
  const kept = await bed.owner.query<{ line: string }>(
    `select t::text as line from identity.one_time_code t union all select v::text
      from identity.account_verification v`,
  )
  expect(kept.rows.length).toBeGreaterThan(0)
  expect(kept.rows.some((row) => row.line.includes(code))).toBe(false)
})
