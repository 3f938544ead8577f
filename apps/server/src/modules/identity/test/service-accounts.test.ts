import { tree } from '@moinha/contracts/facilities'
import { listEntries } from '@moinha/contracts/audit'
import {
  addServiceAccount,
  endSession,
  listServiceAccounts,
  listStaff,
  me,
  publicStaff,
  revokeServiceAccount,
  signIn,
} from '@moinha/contracts/identity'
import { serviceScopes } from '@moinha/contracts/permissions'
import { readPatient, searchPatients } from '@moinha/contracts/records'
import { saveShift, week } from '@moinha/contracts/roster'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { createPerson } from '../actions/create-person.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
let bed: TestBed
let admin: TestClient
beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
}, 120_000)
afterAll(() => bed.close())

type Scope = (typeof serviceScopes)[number]
const wish = (scopes: Scope[], role = 'unit_admin') => ({
  id: randomUUID(),
  facilityId: poY,
  name: 'Kho dữ liệu tỉnh',
  role,
  scopes,
})

async function program(scopes: Scope[]) {
  const body = wish(scopes)
  const { token } = await admin.call(addServiceAccount, { body })
  return { id: body.id, token: token ?? '', client: new TestClient(bed.app, token ?? '') }
}

const auditRows = async (id: string) =>
  (
    await bed.owner.query<{ action: string; outcome: string; actor_kind: string; actor_facility_id: string }>(
      'select action, outcome, actor_kind, actor_facility_id from audit.entry where actor_id = $1 order by id',
      [id],
    )
  ).rows

describe('giving a token', () => {
  test('it is shown once, kept as a hash, and sent twice it is one', async () => {
    const body = wish(['roster.read'])
    const first = await admin.call(addServiceAccount, { body })
    expect(first.token).toMatch(/^moinha_[a-z2-9]{8}_[\w-]{43}$/)
    expect(first.token?.startsWith(first.prefix)).toBe(true)
    const days = (Date.parse(first.expiresAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(90)
    const again = await admin.call(addServiceAccount, { body })
    expect(again).toEqual({ ...first, token: null })
    const { rows } = await bed.owner.query('select s::text as line from identity.service_account s where id = $1', [
      body.id,
    ])
    expect(JSON.stringify(rows)).not.toContain(first.token?.slice(-43))
  })

  test('nobody gives more than the role holds, above their own, elsewhere, or for longer than a year', async () => {
    const codes = []
    for (const body of [
      wish(['target.register'], 'station_nurse'),
      wish(['roster.read'], 'department_officer'),
      wish(['roster.read'], 'citizen'),
      { ...wish(['roster.read']), facilityId: hoaiHai },
      { ...wish(['roster.read']), days: 366 },
      { ...wish([]), scopes: ['patient.read' as Scope] },
      { ...wish([]), scopes: ['audit.read' as Scope] },
    ])
      codes.push((await admin.try(addServiceAccount, { body })).problem?.code)
    expect(codes).toEqual([
      'SCOPE_NOT_IN_ROLE',
      'ROLE_ABOVE_YOURS',
      'ROLE_UNKNOWN',
      'FOREIGN_UNIT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
    ])
  })

  test('the database refuses the same, and keeps the list of scopes the contract names', async () => {
    const { rows } = await bed.owner.query<{ permission: string }>('select permission from identity.service_scope')
    expect(rows.map((row) => row.permission).sort()).toEqual([...serviceScopes].sort())
    const actor = await bed.app.readActor(admin.cookie)
    const ask = (scopes: string[]) =>
      bed.platform.transact(actor, async ({ tx }) => {
        const fields = { name: 'x', role: 'station_doctor', scopes, prefix: randomUUID(), hash: randomUUID(), days: 5 }
        await sql`select identity.add_service_account(${randomUUID()}, ${poY}, ${JSON.stringify(fields)}::jsonb, 'x')`.execute(
          tx,
        )
      })
    await expect(ask(['patient.read'])).rejects.toThrow('SCOPE_NOT_IN_ROLE')
    await expect(ask([])).rejects.toThrow(/check/)
    await expect(
      bed.platform.transact(actor, async ({ tx }) => {
        await sql`select token_hash from identity.service_account`.execute(tx)
      }),
    ).rejects.toThrow(/permission denied/)
  })

  test('an id is a person’s or a program’s, never both', async () => {
    const nurse = demoPersonId(castStaffMember('nurse').key)
    const taken = await admin.try(addServiceAccount, { body: { ...wish(['roster.read']), id: nurse } })
    expect([taken.status, taken.problem?.code]).toEqual([409, 'ID_TAKEN'])
    const { id } = await program(['facility.read'])
    const actor = await bed.app.readActor(admin.cookie)
    const person = bed.platform.transact(actor, (work) => createPerson(work, { id, fullName: 'Ai Đó' }))
    await expect(person).rejects.toMatchObject({ code: 'ID_TAKEN' })
    await expect(
      bed.owner.query("insert into identity.person (id, full_name) values ($1, 'Ai Đó')", [id]),
    ).rejects.toThrow('ID_TAKEN')
  })

  test('what was granted to a person is not a program’s, whatever its id', async () => {
    const held = async (kind: 'staff' | 'service') => {
      const actor = { ...(await bed.app.readActor(admin.cookie)), kind }
      return bed.platform.transact(actor, async ({ tx }) => {
        const { rows } = await sql<{ n: number }>`
          select cardinality(audit.read_facilities()) as n`.execute(tx)
        return rows[0]?.n
      })
    }
    expect(await held('staff')).toBeGreaterThan(0)
    expect(await held('service')).toBe(0)
  })

  test('the unit sees its programs, who gave the token, and when it was used', async () => {
    const { id, client } = await program(['facility.read'])
    await client.call(tree)
    const page = await admin.call(listServiceAccounts, { query: { facilityId: poY } })
    const seen = page.items.find((item) => item.id === id)
    expect(seen).toMatchObject({ name: 'Kho dữ liệu tỉnh', scopes: ['facility.read'], state: 'live' })
    expect(seen?.lastUsedAt).not.toBeNull()
    expect(seen?.createdByName).not.toBe('')
    const one = await admin.call(listServiceAccounts, { query: { facilityId: poY, limit: 1 } })
    const two = await admin.call(listServiceAccounts, { query: { facilityId: poY, limit: 1, after: one.next ?? '' } })
    expect(two.items[0]?.id).not.toBe(one.items[0]?.id)
  })
})

describe('a program with a token', () => {
  test('reads at its unit what it carries, sees staff and nobody’s patients, elsewhere nothing', async () => {
    const { client } = await program([...serviceScopes])
    const staff = await client.call(listStaff, { query: { facilityId: poY } })
    expect(staff.items.map((item) => item.fullName)).toContain(castStaffMember('nurse').fullName)
    expect((await client.try(listStaff, { query: { facilityId: hoaiHai } })).problem?.code).toBe('FOREIGN_UNIT')
    expect((await client.call(publicStaff, { params: { facilityId: hoaiHai } })).items.length).toBeGreaterThan(0)
    const actor = await bed.app.readBearer(client.token ?? '', '127.0.0.1')
    const seen = await bed.platform.transact(actor, async ({ tx }) => [
      await tx.selectFrom('identity.person').where('id', '=', lan).select('id').execute(),
      await tx.selectFrom('records.patient').select('id').execute(),
    ])
    expect(seen).toEqual([[], []])
  })

  test('writes without our header and from no origin: what binds cookies does not bind tokens', async () => {
    const { client } = await program(['roster.manage', 'roster.read'])
    const body = {
      facilityId: poY,
      personId: demoPersonId(castStaffMember('stationDoctor').key),
      specialty: 'internal',
      role: 'on_duty' as const,
      startsAt: '2027-01-04T00:00:00Z',
      endsAt: '2027-01-04T08:00:00Z',
    }
    const shift = await client.call(saveShift, { params: { id: randomUUID() }, body })
    expect(shift.fullName).toBe(castStaffMember('stationDoctor').fullName)
    const foreign = await client.send({
      method: 'PUT',
      url: `/api/roster/shifts/${randomUUID()}`,
      payload: {},
      headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.problem?.code).toBe('INVALID_INPUT')
  })

  test('is refused at routes for people, and told which scope it lacks', async () => {
    const { id, client } = await program(['facility.read'])
    const nurse = castStaffMember('nurse')
    const codes = [
      (await client.try(me)).problem?.code,
      (await client.try(signIn, { body: { username: nurse.username, password: 'x' } })).problem?.code,
      (await client.try(endSession, { params: { id: randomUUID() } })).problem?.code,
      (await client.try(readPatient, { params: { patientId: lan } })).problem?.code,
      (await client.try(searchPatients, { body: { q: 'lan', facilityId: poY } } as never)).problem?.code,
    ]
    expect(codes).toEqual(Array(5).fill('SESSION_ONLY'))
    const lacking = await client.try(listStaff, { query: { facilityId: poY } })
    expect([lacking.status, lacking.headers['www-authenticate']]).toEqual([
      403,
      'Bearer realm="moinha", error="insufficient_scope", scope="staff.read"',
    ])
    const refused = (await auditRows(id)).filter((row) => row.outcome === 'refused').map((row) => row.action)
    expect(refused).toEqual(
      expect.arrayContaining(['records.readPatient', 'identity.endSession', 'identity.listStaff']),
    )
  })

  test('every use is written down under its name, where its unit reads it', async () => {
    const { id, client } = await program(['facility.read', 'roster.read'])
    await client.call(tree)
    await client.call(week, { query: { facilityId: poY, from: '2026-11-23' } })
    const rows = await auditRows(id)
    expect(rows.map((row) => row.action)).toEqual(expect.arrayContaining(['facilities.tree', 'roster.week']))
    expect(new Set(rows.map((row) => row.actor_kind))).toEqual(new Set(['service']))
    expect(new Set(rows.map((row) => row.actor_facility_id))).toEqual(new Set([poY]))
    const { items } = await admin.call(listEntries, { query: { actorId: id } })
    expect(items[0]?.actor).toMatchObject({ kind: 'service', name: 'Kho dữ liệu tỉnh' })
  })

  test('a scope its role lost is lost to the token too', async () => {
    const { client } = await program(['target.register', 'facility.read'])
    const held = () => bed.app.readBearer(client.token ?? '', '127.0.0.1')
    expect((await held()).can('target.register')).toBe(true)
    const change = (sql: string) => bed.owner.query(sql)
    await change(
      "delete from identity.role_permission where role_key = 'unit_admin' and permission = 'target.register'",
    )
    expect((await held()).can('target.register')).toBe(false)
    await change("insert into identity.role_permission values ('unit_admin', 'target.register')")
  })
})

describe('a token that does not hold', () => {
  test('ends at once when revoked; revoking twice is one', async () => {
    const { id, client } = await program(['facility.read'])
    await client.call(tree)
    await admin.call(revokeServiceAccount, { params: { id } })
    await admin.call(revokeServiceAccount, { params: { id } })
    const answer = await client.try(tree)
    expect([answer.status, answer.problem?.code]).toEqual([401, 'TOKEN_ENDED'])
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="moinha", error="invalid_token"')
    const { rows } = await bed.owner.query(
      "select from audit.entry where action = 'identity.revokeServiceAccount' and subject_id = $1",
      [id],
    )
    expect(rows).toHaveLength(1)
  })

  test('ends while the account of whoever gave it is closed', async () => {
    const { client } = await program(['facility.read'])
    const maker = (await admin.call(me)).person?.id
    const close = (at: string) =>
      bed.owner.query(`update identity.account_user set disabled_at = ${at} where id = $1`, [maker])
    await close('now()')
    const answer = await client.try(tree)
    await close('null')
    expect([answer.status, answer.problem?.code]).toEqual([401, 'TOKEN_ENDED'])
    await client.call(tree)
  })

  test('rests while whoever gave it is locked out: a password to change, and nobody who vouched', async () => {
    const { id, client } = await program(['facility.read'])
    const maker = (await admin.call(me)).person?.id
    const root = await bed.as('systemAdmin')
    const [givenBy, colleague] = ['systemAdmin', 'dutyLead'].map((key) => demoPersonId(`cast/${key}`))
    const set = (mustChange: boolean, by: string | null | undefined, vouchedAt: Date | null) =>
      bed.owner.query(
        `update identity.account_user set must_change_password = $2, credential_by = $3::uuid, vouched_at = $4,
          credential_at = case when $3::uuid is not null then now() end,
          vouched_by = case when $4::timestamptz is not null then $5::uuid end where id = $1`,
        [maker, mustChange, by, vouchedAt, colleague],
      )
    const seen = async () => {
      const { items } = await root.call(listServiceAccounts, { query: { facilityId: poY } })
      return [items.find((item) => item.id === id)?.state, (await client.try(tree)).problem?.code]
    }
    await set(true, null, null)
    const mustChange = await seen()
    await set(false, givenBy, null)
    const notVouched = await seen()
    await set(false, givenBy, new Date())
    const vouched = await seen()
    await set(false, null, null)
    expect([mustChange, notVouched, vouched]).toEqual([
      ['suspended', 'TOKEN_ENDED'],
      ['suspended', 'TOKEN_ENDED'],
      ['live', undefined],
    ])
  })

  test('ends when whoever gave it lost the role they gave it by, and only that', async () => {
    const { id, client } = await program(['facility.read'])
    await client.call(tree)
    const maker = (await admin.call(me)).person?.id
    const stateSeen = async () => {
      const { items } = await other.call(listServiceAccounts, { query: { facilityId: poY } })
      return items.find((item) => item.id === id)?.state
    }
    const other = await bed.as('systemAdmin')
    const role = (end: string) =>
      bed.owner.query(
        `update identity.role_grant set valid_until = ${end} where person_id = $1 and role_key = 'unit_admin'`,
        [maker],
      )
    await role('now()')
    const answer = await client.try(tree)
    const state = await stateSeen()
    // another role that holds the same permission does not give it back: it could not give the token
    await bed.owner.query(
      `insert into identity.role_grant (id, person_id, role_key, facility_id)
        values (gen_random_uuid(), $1, 'station_doctor', $2)`,
      [maker, poY],
    )
    const underAnother = await client.try(tree)
    await bed.owner.query("delete from identity.role_grant where person_id = $1 and role_key = 'station_doctor'", [
      maker,
    ])
    await role('null')
    expect([answer.status, answer.problem?.code, state]).toEqual([401, 'TOKEN_ENDED', 'suspended'])
    expect(underAnother.problem?.code).toBe('TOKEN_ENDED')
    expect(await stateSeen()).toBe('live')
    await client.call(tree)
  })

  test('is refused, never taken for a stranger, in either format', async () => {
    const wrong = new TestClient(bed.app, 'moinha_aaaaaaaa_wrong')
    expect((await wrong.try(publicStaff, { params: { facilityId: poY } })).problem?.code).toBe('TOKEN_WRONG')
    const fhir = await wrong.send<{ resourceType: string }>({
      method: 'GET',
      url: tree.path,
      headers: { accept: 'application/fhir+json' },
    })
    expect([fhir.status, fhir.body.resourceType]).toEqual([401, 'OperationOutcome'])
    const none = await bed.app.inject(tree.path)
    expect([none.statusCode, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="moinha"'])
  })

  test('in an address it is nobody’s', async () => {
    const { token } = await program(['facility.read'])
    expect((await bed.app.inject(`${tree.path}?access_token=${token}`)).json()).toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    })
  })

  test('beside a session it is refused, whichever is right', async () => {
    const { token } = await program(['facility.read'])
    for (const method of ['GET', 'POST'] as const) {
      const answer = await admin.send({ method, url: tree.path, headers: { authorization: `Bearer ${token}` } })
      expect([answer.status, answer.problem?.code]).toEqual([400, 'TWO_CREDENTIALS'])
    }
    const other = { authorization: `Bearer ${token}`, cookie: 'balancer=a1' }
    expect((await bed.app.inject({ url: tree.path, headers: other })).statusCode).toBe(200)
  })

  test('tried too often from one network it waits; a right one from there goes on', async () => {
    const { token } = await program(['facility.read'])
    const from = (bearer: string) =>
      bed.app.inject({ url: tree.path, remoteAddress: '203.0.113.9', headers: { authorization: `Bearer ${bearer}` } })
    const seen = new Set<number>()
    for (let time = 0; time < 62; time += 1) seen.add((await from('guess')).statusCode)
    expect([...seen]).toEqual([401, 429])
    expect((await from('guess')).headers['retry-after']).toBeDefined()
    expect((await from(token)).statusCode).toBe(200)
  })
})
