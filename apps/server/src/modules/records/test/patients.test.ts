import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '@moinha/contracts/records'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { facilityIdOf } from '../../facilities/index.ts'

let bed: TestBed
let nurse: TestClient
let foreignNurse: TestClient
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId('cast/lan')

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  foreignNurse = await bed.as('foreignNurse')
})
afterAll(() => bed.close())

async function audited(action: string, patientId: string | null, outcome = 'done'): Promise<number> {
  const { rows } = await bed.owner.query<{ n: string }>(
    `select count(*) as n from audit.entry where action = $1 and outcome = $3
      and ($2::uuid is null or patient_id = $2)`,
    [action, patientId, outcome],
  )
  return Number(rows[0]?.n)
}

function somebody(changes: Record<string, unknown> = {}) {
  return {
    id: randomUUID(),
    facilityId: poY,
    fullName: 'Y Thử Nghiệm',
    sex: 'female' as const,
    birthDate: '1990-02-03',
    ...changes,
  }
}

it('finds the unit’s patients without diacritics, by phone and by number, and nobody else’s', async () => {
  const me = somebody({
    fullName: 'Đinh Thị Hưởng',
    phone: '0912 000 111',
    identifiers: [{ system: 'citizen_id', value: '062190 001111' }],
  })
  await nurse.call(contract.registerPatient, { body: me })
  const find = async (client: TestClient, q: string) =>
    (await client.call(contract.searchPatients, { body: { q } })).items.map((row) => row.id)
  for (const q of ['dinh thi huong', 'HƯỞNG', '0912000111', '000111', '062190001111'])
    expect(await find(nurse, q), q).toEqual([me.id])
  expect(await find(nurse, '062190001112')).toEqual([])
  for (const q of ['dinh thi huong', '0912000111', '062190001111']) expect(await find(foreignNurse, q), q).toEqual([])
  expect(await find(nurse, 'y lan')).toEqual([lan])
  expect(await audited('records.searchPatients', null)).toBeGreaterThan(8)
})

it('pages by name without repeating or missing anyone', async () => {
  for (let n = 0; n < 5; n += 1)
    await nurse.call(contract.registerPatient, {
      body: somebody({ fullName: 'A Trùng Tên', birthDate: `1970-01-0${n + 1}` }),
    })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await nurse.call(contract.searchPatients, {
      body: { q: 'a trung ten', limit: 2, ...(after && { after }) },
    })
    seen.push(...page.items.map((row) => row.id))
    after = page.next ?? undefined
  } while (after)
  expect(seen).toHaveLength(5)
  expect(new Set(seen).size).toBe(5)
})

it('warns of a double, masked for whom the record is closed, and goes on when told to', async () => {
  const first = somebody({
    fullName: 'Trần Văn Đôi',
    phone: '0912000222',
    identifiers: [{ system: 'citizen_id', value: '062090000222' }],
  })
  await nurse.call(contract.registerPatient, { body: first })
  const same = { ...first, id: randomUUID(), fullName: 'TRAN VAN DOI' }
  const own = await nurse.try(contract.registerPatient, { body: same })
  expect(own.problem).toMatchObject({
    status: 409,
    code: 'PATIENT_MAY_EXIST',
    params: {
      candidates: [
        {
          patientId: first.id,
          fullName: 'Trần Văn Đôi',
          birthYear: 1990,
          identifier: '••••0222',
          why: ['identifier', 'name_and_birth', 'phone'],
        },
      ],
    },
  })
  const foreign = await foreignNurse.try(contract.registerPatient, { body: { ...same, facilityId: hoaiHai } })
  expect(foreign.problem?.params).toEqual({ candidates: [], elsewhere: ['identifier', 'name_and_birth'] })
  // a row each at the station, and one at home for the patient the foreign one was told of
  expect(await audited('records.registerPatient', null, 'refused')).toBe(3)
  expect(await audited('records.registerPatient', first.id, 'refused')).toBe(2)
  await nurse.call(contract.registerPatient, { body: { ...same, identifiers: [], force: true } })
  expect(
    (await nurse.try(contract.registerPatient, { body: { ...same, id: randomUUID(), force: true } })).problem?.code,
  ).toBe('IDENTIFIER_TAKEN')
})

it('a name typed with two spaces is the same name: the double is told of, and a search finds it', async () => {
  const first = somebody({ fullName: 'Lê  Thị \u00a0 Khoảng' })
  await nurse.call(contract.registerPatient, { body: first })
  const again = await nurse.try(contract.registerPatient, { body: somebody({ fullName: 'Lê Thị Khoảng' }) })
  expect(again.problem?.code).toBe('PATIENT_MAY_EXIST')
  for (const q of ['le thi khoang', 'Lê Thị   Khoảng']) {
    const { items } = await nurse.call(contract.searchPatients, { body: { q } })
    expect(items.map(({ id, fullName }) => [id, fullName])).toEqual([[first.id, 'Lê Thị Khoảng']])
  }
})

it('registers twice as once and refuses a unit where one does not work', async () => {
  const body = somebody({ fullName: 'Y Hai Lần', identifiers: [{ system: 'citizen_id', value: '062290000333' }] })
  expect(await nurse.call(contract.registerPatient, { body })).toEqual({
    id: body.id,
    warnings: ['sex_differs', 'birth_year_differs'],
  })
  await nurse.call(contract.registerPatient, { body })
  expect((await nurse.try(contract.registerPatient, { body: { ...body, fullName: 'Người Khác' } })).problem?.code).toBe(
    'ID_TAKEN',
  )
  expect((await nurse.try(contract.registerPatient, { body: somebody({ facilityId: hoaiHai }) })).status).toBe(403)
  expect(
    (
      await nurse.try(contract.registerPatient, {
        body: somebody({ fullName: 'Sai Số', identifiers: [{ system: 'citizen_id', value: '123' }] }),
      })
    ).problem?.code,
  ).toBe('IDENTIFIER_INVALID')
})

it('refuses the id of a person without a record yet, of a citizen, and of another station’s patient', async () => {
  const person = randomUUID()
  await bed.owner.query("insert into identity.person (id, full_name, sex) values ($1, 'Y Chưa Khám', 'female')", [
    person,
  ])
  const foreign = somebody({ facilityId: hoaiHai, fullName: 'Nguyễn Thị Khác' })
  await foreignNurse.call(contract.registerPatient, { body: foreign })
  for (const id of [person, demoPersonId('cast/duc'), foreign.id]) {
    for (const force of [false, true]) {
      const { problem } = await nurse.try(contract.registerPatient, {
        body: { ...somebody({ fullName: 'Y Mạo Nhận' }), id, force },
      })
      expect(problem, id).toMatchObject({ status: 409, code: 'ID_TAKEN' })
    }
  }
  expect(
    (await nurse.try(contract.registerPatient, { body: { ...foreign, facilityId: poY, force: true } })).problem?.code,
  ).toBe('ID_TAKEN')
  const { rows } = await bed.owner.query(
    'select from records.care_relationship where facility_id = $1 and patient_id = any($2)',
    [poY, [person, demoPersonId('cast/duc'), foreign.id]],
  )
  expect(rows).toEqual([])
  const twice = somebody({ fullName: 'Y Gửi Cùng Lúc', force: true })
  const answers = await Promise.all([1, 2, 3].map(() => nurse.try(contract.registerPatient, { body: twice })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
})

it('keeps the history of numbers: a new one closes the old one', async () => {
  const body = somebody({ fullName: 'Y Đổi Thẻ', identifiers: [{ system: 'old_citizen_id', value: '233000444' }] })
  await nurse.call(contract.registerPatient, { body })
  const add = { id: randomUUID(), system: 'old_citizen_id' as const, value: '233000555', from: '2026-05-01' }
  await nurse.call(contract.addIdentifier, { params: { patientId: body.id }, body: add })
  const { identifiers } = await nurse.call(contract.addIdentifier, { params: { patientId: body.id }, body: add })
  expect(identifiers.map(({ value, from, until }) => ({ value, from, until }))).toEqual([
    { value: '233000555', from: '2026-05-01', until: null },
    { value: '233000444', from: null, until: '2026-05-01' },
  ])
})

it('edits compare versions; one sent again is answered, another’s change in between is not hidden', async () => {
  const body = somebody({ fullName: 'Y Sửa' })
  await nurse.call(contract.registerPatient, { body })
  const particulars = { sex: 'female' as const, birthDate: '1990-02-03', phone: '0912000777', address: 'Thôn 2' }
  const edit = { version: 1, fullName: 'Y Sửa Rồi', ...particulars }
  const put = (change: object = {}) =>
    nurse.try(contract.editPatient, { params: { patientId: body.id }, body: { ...edit, ...change } })
  expect((await put()).body).toEqual({ version: 2 })
  expect((await put()).body).toEqual({ version: 2 })
  expect(await audited('records.editPatient', body.id)).toBe(1)
  expect((await put({ address: 'Thôn 3' })).problem).toMatchObject({
    code: 'CHANGED_MEANWHILE',
    params: { current: { version: 2, fullName: 'Y Sửa Rồi', birthDate: '1990-02-03' } },
  })
})

it('a registration sent again after its name was corrected is known, and takes nothing back', async () => {
  const body = somebody({ fullName: 'Y Gửi Muộn' })
  await nurse.call(contract.registerPatient, { body })
  const params = { patientId: body.id }
  const edit = { version: 1, fullName: 'Y Gửi Muộn Đúng', sex: 'female' as const, birthDate: '1990-02-03' }
  await nurse.call(contract.editPatient, { params, body: edit })
  expect((await nurse.call(contract.registerPatient, { body })).id).toBe(body.id)
  expect((await nurse.call(contract.readPatient, { params })).patient).toMatchObject({
    fullName: 'Y Gửi Muộn Đúng',
    version: 2,
  })
})

it('shows a patient’s page with why one may see it; a nurse of another unit gets 404, and the attempt is written down', async () => {
  const page = await nurse.call(contract.readPatient, { params: { patientId: lan } })
  expect(page.patient.fullName).toBe('Y Lan')
  expect(page.relationships).toContainEqual(
    expect.objectContaining({ reason: 'registered', kind: 'facility', mine: true }),
  )
  expect(page.may.openAt).toEqual([expect.objectContaining({ facilityId: poY })])
  expect(await audited('records.readPatient', lan)).toBe(1)
  const refused = await foreignNurse.try(contract.readPatient, { params: { patientId: lan } })
  expect(refused.problem).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect(await audited('records.readPatient', lan, 'refused')).toBe(1)
})

it('row-level security alone hides every table from another actor', async () => {
  const pool = new pg.Pool({ connectionString: appUrlOf(bed), max: 1 })
  const client = await pool.connect()
  const count = async (personId: string, facilityId: string | null) => {
    await client.query('begin')
    await client.query(
      `select set_config('app.actor_kind', 'staff', true), set_config('app.person_id', $1, true),
        set_config('app.facility_ids', $2, true), set_config('app.people', $3, true)`,
      [personId, facilityId ? `{${facilityId}}` : '{}', `{${personId}}`],
    )
    const { rows } = await client.query(
      `select (select count(*) from records.patient where id = $1) as patient,
        (select count(*) from records.patient_identifier where patient_id = $1) as identifier,
        (select count(*) from records.care_relationship where patient_id = $1) as care`,
      [lan],
    )
    await client.query('rollback')
    return rows[0] as Record<string, number>
  }
  expect(await count(demoPersonId(castStaffMember('foreignNurse').key), hoaiHai)).toEqual({
    patient: 0,
    identifier: 0,
    care: 0,
  })
  expect(await count(demoPersonId(castStaffMember('nurse').key), poY)).toMatchObject({ patient: 1, care: 1 })
  client.release()
  await pool.end()
})

it('breaks the glass with a reason: one person, one day, loudly', async () => {
  const provincial = await bed.as('provincialSpecialist')
  const { items } = await foreignNurse.call(contract.breakGlassFind, {
    body: { fullName: 'y lan', birthDate: '1996-03-08' },
  })
  expect(items.map((one) => one.fullName)).toEqual(['Y Lan'])
  const handle = items[0]?.handle ?? ''
  expect((await foreignNurse.try(contract.breakGlass, { body: { handle, reason: '  ', confirm: true } })).status).toBe(
    400,
  )
  const { until } = await foreignNurse.call(contract.breakGlass, {
    body: { handle, reason: 'Bất tỉnh trên đường, cần tiền sử', confirm: true },
  })
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(23.9 * 3_600_000)
  const page = await foreignNurse.call(contract.readPatient, { params: { patientId: lan } })
  expect(page.relationships).toContainEqual(
    expect.objectContaining({
      reason: 'break_glass',
      kind: 'person',
      mine: true,
      until,
      note: 'Bất tỉnh trên đường, cần tiền sử',
    }),
  )
  expect(page.may.edit).toBe(false)
  const edit = { version: 1, fullName: 'Khác', sex: 'female' as const }
  expect((await foreignNurse.try(contract.editPatient, { params: { patientId: lan }, body: edit })).status).toBe(403)
  expect(await audited('records.breakGlass', lan)).toBe(1)
  expect((await provincial.try(contract.readPatient, { params: { patientId: lan } })).status).toBe(404)
  const citizen = await bed.as('lan')
  const { items: log } = await citizen.call(contract.ownAccess, { params: { patientId: lan }, query: {} })
  expect(log).toContainEqual(
    expect.objectContaining({ kind: 'emergency', personName: castStaffMember('foreignNurse').fullName }),
  )
})

it('an emergency search answers a handle and no id: of the asker alone, for minutes, spent once, the same sent again', async () => {
  const body = somebody({ fullName: 'Y Tay Cầm', phone: '0912 000 777', force: true })
  await nurse.call(contract.registerPatient, { body })
  const provincial = await bed.as('provincialSpecialist')
  const find = async () =>
    (await foreignNurse.call(contract.breakGlassFind, { body: { fullName: body.fullName, birthDate: body.birthDate } }))
      .items
  const items = await find()
  expect(JSON.stringify(items)).not.toContain(body.id)
  const handle = items[0]?.handle ?? ''
  const open = (client: TestClient, given = handle) =>
    client.try(contract.breakGlass, { body: { handle: given, reason: 'Bất tỉnh', confirm: true } })
  for (const answer of [await open(provincial), await open(foreignNurse, body.id), await open(foreignNurse, 'x')]) {
    expect(answer.problem).toMatchObject({ status: 404, code: 'EMERGENCY_SEARCH_ENDED' })
  }
  const { rows: kept } = await bed.owner.query('select from records.emergency_handle where handle_hash = $1', [handle])
  expect(kept).toEqual([])
  const both = await Promise.all([open(foreignNurse), open(foreignNurse)])
  expect(both.map(({ body: answer }) => answer.patientId)).toEqual([body.id, body.id])
  expect((await open(foreignNurse)).body).toEqual(both[0]?.body)
  const glass = await bed.owner.query(
    "select from records.care_relationship where patient_id = $1 and reason = 'break_glass'",
    [body.id],
  )
  expect(glass.rowCount).toBe(1)
  const late = (await find())[0]?.handle ?? ''
  await bed.owner.query(
    "update records.emergency_handle set expires_at = now() - interval '1 second' where used_at is null",
  )
  expect((await open(foreignNurse, late)).problem?.code).toBe('EMERGENCY_SEARCH_ENDED')
})

it('a phone number yields no name: the same phone elsewhere does not even warn', async () => {
  const theirs = somebody({ fullName: 'Y Có Điện Thoại', phone: '0912 000 888', force: true })
  await nurse.call(contract.registerPatient, { body: theirs })
  const body = {
    ...somebody({ fullName: 'Nguyễn Thị Lạ', birthDate: '1977-07-07', phone: '0912 000 888' }),
    facilityId: hoaiHai,
  }
  expect((await foreignNurse.try(contract.registerPatient, { body })).status).toBe(200)
  const own = await nurse.try(contract.registerPatient, {
    body: somebody({ fullName: 'Y Lạ', birthDate: '1977-07-08', phone: '0912 000 888' }),
  })
  expect(own.problem?.params).toMatchObject({ candidates: [{ patientId: theirs.id, why: ['phone'] }], elsewhere: [] })
})

it('a broken glass lets the own unit in for a day, and what follows prolongs nothing', async () => {
  const body = somebody({ fullName: 'Y Cấp Cứu', force: true })
  await nurse.call(contract.registerPatient, { body })
  const open = (id = randomUUID()) =>
    foreignNurse.try(contract.openEncounter, {
      body: { id, patientId: body.id, facilityId: hoaiHai, remoteMode: 'IN_PERSON' },
    })
  const given = async () =>
    (
      await bed.owner.query<{ id: string; hours: number }>(
        `select id, extract(epoch from upper(valid) - now())::float / 3600 as hours
    from records.care_relationship where patient_id = $1 and facility_id = $2 order by lower(valid)`,
        [body.id, hoaiHai],
      )
    ).rows
  const fewerHours = (reason: string, hours: number) =>
    bed.owner.query(
      `update records.care_relationship set valid = tstzrange(lower(valid), now() + make_interval(hours => $3))
    where patient_id = $1 and reason = $2`,
      [body.id, reason, hours],
    )
  expect((await open()).status).toBe(404)
  const {
    items: [found],
  } = await foreignNurse.call(contract.breakGlassFind, { body: { fullName: body.fullName, birthDate: body.birthDate } })
  await foreignNurse.call(contract.breakGlass, {
    body: { handle: found?.handle ?? '', reason: 'Tai nạn, bất tỉnh', confirm: true },
  })
  const first = randomUUID()
  for (const id of [first, first]) expect((await open(id)).status).toBe(200)
  expect((await given()).map(({ hours }) => Math.round(hours))).toEqual([24])
  // the glass is whole again; the unit still sees the patient for five hours, and opening another encounter leaves it
  // so
  await fewerHours('encounter', 5)
  await bed.owner.query("delete from records.care_relationship where patient_id = $1 and reason = 'break_glass'", [
    body.id,
  ])
  expect((await open()).status).toBe(200)
  expect((await given()).map(({ hours }) => Math.round(hours))).toEqual([5, 5])
  await bed.owner.query(
    `update records.care_relationship set valid = tstzrange(lower(valid), now()) where patient_id = $1
      and facility_id = $2`,
    [body.id, hoaiHai],
  )
  expect((await foreignNurse.try(contract.readPatient, { params: { patientId: body.id } })).status).toBe(404)
  expect((await open()).status).toBe(404)
  // the home station's own encounters open it for good
  await nurse.call(contract.openEncounter, {
    body: { id: randomUUID(), patientId: body.id, facilityId: poY, remoteMode: 'IN_PERSON' },
  })
  expect((await nurse.call(contract.readPatient, { params: { patientId: body.id } })).relationships).toContainEqual(
    expect.objectContaining({ reason: 'encounter', until: null }),
  )
})

/** The application role's address of a bed. */
function appUrlOf(of: TestBed): string {
  const url = new URL(of.ownerUrl)
  url.username = 'moinha_app'
  url.password = 'only-in-a-throw-away-cluster'
  return url.href
}

it('nobody is born after today: a new patient and a correction are refused, and nothing is changed', async () => {
  const nurse = await bed.as('nurse')
  const id = randomUUID()
  const tomorrow = new Date(Date.now() + 31 * 3_600_000).toISOString().slice(0, 10)
  const body = { id, facilityId: facilityIdOf('kt-tyt-po-y'), fullName: 'Y Mai Sau', force: true }
  const registered = await nurse.try(contract.registerPatient, { body: { ...body, birthDate: tomorrow } })
  expect(registered.problem).toMatchObject({ code: 'BIRTH_DATE_IN_FUTURE', status: 400 })
  await nurse.call(contract.registerPatient, { body: { ...body, birthDate: '2020-05-06' } })
  const corrected = await nurse.try(contract.editPatient, {
    params: { patientId: id },
    body: { version: 1, fullName: 'Y Mai Sau', birthDate: tomorrow },
  })
  expect(corrected.problem?.code).toBe('BIRTH_DATE_IN_FUTURE')
  const { patient } = await nurse.call(contract.readPatient, { params: { patientId: id } })
  expect(patient).toMatchObject({ birthDate: '2020-05-06', version: 1 })
})
