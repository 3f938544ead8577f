import * as contract from '@moinha/contracts/records'
import * as emergency from '@moinha/contracts/records/emergency'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHandle } from '../../../platform/testing/make-handle.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId, type castStaff } from '../../identity/index.ts'
import { emergencySms } from '../domain/emergency-text.ts'

let bed: TestBed
let lan: TestClient
let foreignNurse: TestClient
let stationDoctor: TestClient
const lanId = demoPersonId(castCitizens.lan.key)
const childId = demoPersonId('cast/lan-child')
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const idOf = (key: (typeof castStaff)[number]['castKey']): string => demoPersonId(castStaffMember(key).key)
const reason = 'Bất tỉnh trên đường, nghi hạ đường huyết'

beforeAll(async () => {
  bed = await openTestBed()
  lan = await bed.as('lan')
  foreignNurse = await bed.as('foreignNurse')
  stationDoctor = await bed.as('stationDoctor')
})
afterAll(() => bed.close())

const breakGlassAs = async (client: TestClient, key: (typeof castStaff)[number]['castKey'], patientId: string) =>
  client.call(contract.breakGlass, {
    body: { handle: await makeHandle(bed.owner, idOf(key), patientId), reason, confirm: true },
  })
const breakGlass = (patientId: string) => breakGlassAs(foreignNurse, 'foreignNurse', patientId)
const notices = (client: TestClient) => client.call(emergency.myEmergencyNotices)
const openings = async (client: TestClient, state: 'open' | 'all' = 'open') =>
  (await client.call(emergency.listEmergencyOpenings, { query: { state } })).items
const rowsOf = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await bed.owner.query(sql, values)).rows as T[]

it('tells the patient, whoever acts for them, and the heads of both units, and says so on a phone without a clinical word', async () => {
  const headOfHoaiHai = await grantAt(hoaiHai)
  await breakGlass(childId)
  const told = await rowsOf<{ person_id: string; told_as: string }>(
    'select person_id, told_as from records.glass_notice order by told_as, person_id',
  )
  expect(
    told
      .filter((one) => one.told_as === 'patient')
      .map((one) => one.person_id)
      .sort(),
  ).toEqual([childId, lanId].sort())
  const heads = told.filter((one) => one.told_as === 'head').map((one) => one.person_id)
  expect(heads).toContain(idOf('stationDoctor'))
  expect(heads).toContain(headOfHoaiHai)
  // the nearest that answer for a unit, not everybody above
  expect(heads).not.toContain(idOf('systemAdmin'))
  expect(heads).not.toContain(idOf('foreignNurse'))

  const [own] = (await notices(lan)).items
  expect(own).toMatchObject({
    as: 'patient',
    patient: { id: childId, fullName: 'A Khôi' },
    openerName: castStaffMember('foreignNurse').fullName,
  })
  expect((await notices(stationDoctor)).items).toMatchObject([{ as: 'head', patient: null }])
  const texts = await rowsOf<{ to_phone: string; body: string }>(
    "select to_phone, body from identity.sms_outbox where purpose = 'emergency_opening'",
  )
  expect(texts).toHaveLength(1)
  expect(texts[0]?.to_phone).toBe(castCitizens.lan.phone)
  for (const word of ['Bất tỉnh', 'đường huyết', 'A Khôi', 'Võ Thị Thanh']) expect(texts[0]?.body).not.toContain(word)

  await lan.call(emergency.readEmergencyNotice, { params: { id: own?.id ?? '' } })
  await lan.call(emergency.readEmergencyNotice, { params: { id: own?.id ?? '' } })
  expect((await notices(lan)).items).toEqual([])
  expect((await notices(stationDoctor)).items).toHaveLength(1)
})

it('leaves nothing when the transaction is undone, and says it on open screens only after commit', async () => {
  const before = await rowsOf('select from records.glass_break')
  await expect(
    bed.platform.transact((await import('../../../platform/access/actor.ts')).systemActor, async (work) => {
      const { glassBroken } = await import('../domain/events.ts')
      const [at, until] = [work.now, new Date(work.now.getTime() + 1000)]
      await work.emit(glassBroken, {
        patientId: lanId,
        personId: randomUUID(),
        facilityIds: [],
        homeFacilityId: null,
        reason: 'Thử',
        at,
        until,
      })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await rowsOf('select from records.glass_break')).toHaveLength(before.length)
})

it('sends one text message however often the same person opens the record within the hour; each opening is told on the page', async () => {
  const sms = () =>
    rowsOf("select from identity.sms_outbox where purpose = 'emergency_opening' and to_phone = $1", [
      castCitizens.lan.phone,
    ])
  const [texts, told] = [(await sms()).length, (await notices(lan)).items.length]
  await breakGlass(lanId)
  await breakGlass(lanId)
  expect(await sms()).toHaveLength(texts + 1)
  expect((await notices(lan)).items).toHaveLength(told + 2)
})

it('heads judge for their unit; not justified needs a note and ends it at once; the opener judges nothing', async () => {
  const { until } = await breakGlass(lanId)
  const [latest] = await openings(stationDoctor)
  expect(latest).toMatchObject({
    until,
    reason,
    awaits: ['home'],
    patient: { id: lanId },
    homeFacilityName: expect.stringContaining('Pờ Y'),
  })
  const review = (client: TestClient, verdict: 'justified' | 'not_justified', note = '') =>
    client.try(emergency.reviewEmergencyOpening, { params: { id: latest?.id ?? '' }, body: { verdict, note } })
  expect((await review(stationDoctor, 'not_justified')).problem?.code).toBe('EMERGENCY_NOTE_MISSING')
  expect((await foreignNurse.try(contract.readPatient, { params: { patientId: lanId } })).status).toBe(200)
  const judged = await review(stationDoctor, 'not_justified', 'Người bệnh không có mặt ở đó')
  expect(judged.body).toMatchObject({
    awaits: [],
    reviews: [{ side: 'home', verdict: 'not_justified', byName: 'A Bảo' }],
  })
  expect((await review(stationDoctor, 'not_justified', 'Người bệnh không có mặt ở đó')).status).toBe(200)
  expect((await review(stationDoctor, 'justified')).problem?.code).toBe('EMERGENCY_REVIEWED')
  expect((await foreignNurse.try(contract.readPatient, { params: { patientId: lanId } })).status).toBe(404)
  expect((await openings(stationDoctor)).map((one) => one.id)).not.toContain(latest?.id)
  expect((await openings(stationDoctor, 'all')).map((one) => one.id)).toContain(latest?.id)
  // who holds the permission above both units judges what is left of it, without learning whose record it was
  const above = (await openings(await bed.as('systemAdmin'))).find((one) => one.id === latest?.id)
  expect(above).toMatchObject({ awaits: ['opener'], patient: null })
})

describe('an emergency leaves nobody a lasting access', () => {
  /** The foreign nurse breaks the glass of somebody new at Pờ Y and opens an encounter at her own unit. */
  async function treatedInEmergency(): Promise<string> {
    const patientId = randomUUID()
    const body = { id: patientId, facilityId: poY, fullName: 'Y Cấp Cứu', birthDate: '2021-03-04', force: true }
    await (await bed.as('nurse')).call(contract.registerPatient, { body })
    await breakGlass(patientId)
    const encounter = { id: randomUUID(), patientId, facilityId: hoaiHai, remoteMode: 'IN_PERSON' as const }
    await foreignNurse.call(contract.openEncounter, { body: encounter })
    return patientId
  }

  it('by the unit’s encounter one treats, but corrects nothing, links nobody and ends nobody', async () => {
    const patientId = await treatedInEmergency()
    const params = { patientId }
    const page = await foreignNurse.call(contract.readPatient, { params })
    expect(page.may).toMatchObject({ edit: false, endProxy: false })
    const particulars = {
      version: page.patient.version,
      fullName: 'Y Khác',
      sex: 'female' as const,
      phone: '0906 000 111',
    }
    const number = { id: randomUUID(), system: 'local' as const, value: '12345' }
    const guardian = {
      id: randomUUID(),
      phone: '0912 000 000',
      code: '123456',
      relation: 'parent' as const,
      paper: 'authorisation' as const,
    }
    const answers = [
      await foreignNurse.try(contract.editPatient, { params, body: particulars }),
      await foreignNurse.try(contract.addIdentifier, { params, body: number }),
      await foreignNurse.try(contract.linkGuardian, { params, body: guardian }),
      await foreignNurse.try(contract.endProxy, { params: { ...params, id: randomUUID() }, body: { reason: 'Thử' } }),
    ]
    expect(answers.map((answer) => [answer.status, answer.problem?.code])).toEqual(Array(4).fill([403, 'NOT_ALLOWED']))
    expect(await rowsOf('select phone from identity.person where id = $1', [patientId])).toEqual([{ phone: null }])
  })

  it('a unit that cared before goes on correcting, whatever an emergency adds', async () => {
    const patientId = await treatedInEmergency()
    await bed.owner.query(
      "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'encounter')",
      [patientId, hoaiHai],
    )
    expect((await foreignNurse.call(contract.readPatient, { params: { patientId } })).may.edit).toBe(true)
  })

  it('not justified ends whoever the opener let act for the patient meanwhile, and nobody else', async () => {
    const patientId = await treatedInEmergency()
    const linkOf = async (guardian: string, by: string, at: string): Promise<string> => {
      const [row] = await rowsOf<{ id: string }>(
        `insert into identity.family_member
          (guardian_id, dependant_id, relation, consent_version, consent_by, proof, paper, facility_id, created_by,
          valid_from)
        values ($1, $2, 'child', 'v1', 'representative', 'paper', 'birth_certificate', $5, $3, now() + $4::interval)
          returning id`,
        [guardian, patientId, by, at, hoaiHai],
      )
      return row?.id ?? ''
    }
    const accomplice = demoPersonId(castCitizens.duc.key)
    const made = await linkOf(accomplice, idOf('foreignNurse'), '0')
    const before = await linkOf(lanId, idOf('nurse'), '-1 day')
    const [opening] = await rowsOf<{ id: string }>('select id from records.glass_break where patient_id = $1', [
      patientId,
    ])
    const body = { verdict: 'not_justified' as const, note: 'Không có cấp cứu' }
    await stationDoctor.call(emergency.reviewEmergencyOpening, { params: { id: opening?.id ?? '' }, body })
    const live = await rowsOf<{ id: string }>(
      'select id from identity.family_member where dependant_id = $1 and valid_until is null',
      [patientId],
    )
    expect(live).toEqual([{ id: before }])
    const ended = await rowsOf('select ended_by from identity.family_member where id = $1', [made])
    expect(ended).toEqual([{ ended_by: idOf('stationDoctor') }])
    const through = await rowsOf(
      'select from records.care_relationship where person_id = $1 and patient_id = $2 and valid @> now()',
      [accomplice, patientId],
    )
    expect(through).toEqual([])
    const written = await rowsOf("select from audit.entry where action = 'records.proxyEnded' and patient_id = $1", [
      patientId,
    ])
    expect(written).toHaveLength(1)
  })
})

it('what still opens the record has no cause of its end, though the hour of it is known', async () => {
  const patientId = randomUUID()
  const body = { id: patientId, facilityId: poY, fullName: 'Y Nguyên Nhân', force: true }
  await (await bed.as('nurse')).call(contract.registerPatient, { body })
  await breakGlass(patientId)
  const glass = async () =>
    (await stationDoctor.call(contract.readPatient, { params: { patientId } })).relationships.find(
      (one) => one.reason === 'break_glass',
    )
  expect(await glass()).toMatchObject({ current: true, until: expect.any(String), endCause: null })
  await bed.owner.query(
    `update records.care_relationship set valid = tstzrange(now() - interval '1 day', now()) where patient_id = $1
      and reason = 'break_glass'`,
    [patientId],
  )
  expect(await glass()).toMatchObject({ current: false, endCause: 'expired' })
})

it('a head who opened a record is told of by others, and judges nothing of it', async () => {
  const stranger = randomUUID()
  await foreignNurse.call(contract.registerPatient, {
    body: { id: stranger, facilityId: hoaiHai, fullName: 'Trần Lạ', sex: 'male', force: true },
  })
  await breakGlassAs(stationDoctor, 'stationDoctor', stranger)
  const [opening] = await rowsOf<{ id: string }>('select id from records.glass_break where patient_id = $1', [stranger])
  const answer = await stationDoctor.try(emergency.reviewEmergencyOpening, {
    params: { id: opening?.id ?? '' },
    body: { verdict: 'justified' },
  })
  expect(answer.problem?.code).toBe('EMERGENCY_REVIEW_OWN')
  const heads = await rowsOf<{ person_id: string }>(
    "select person_id from records.glass_notice where glass_id = $1 and told_as = 'head'",
    [opening?.id],
  )
  expect(heads.map((one) => one.person_id)).not.toContain(idOf('stationDoctor'))
  expect(heads.length).toBeGreaterThan(1)
})

it('pages the list without losing one that happened in the same moment', async () => {
  const at = new Date()
  for (let n = 0; n < 3; n += 1) {
    await bed.owner.query(
      `insert into records.glass_break (id, patient_id, person_id, facility_ids, home_facility_id, reason, at, until)
      values ($1, $2, $3, '{}', $4, 'Thử', $5, $5)`,
      [randomUUID(), lanId, idOf('foreignNurse'), facilityIdOf('kt-tyt-po-y'), at],
    )
  }
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await stationDoctor.call(emergency.listEmergencyOpenings, {
      query: { state: 'all', limit: 2, ...(after && { after }) },
    })
    seen.push(...page.items.map((one) => one.id))
    after = page.next ?? undefined
  } while (after)
  const rows = await rowsOf('select from records.glass_break where home_facility_id = $1 or $1 = any(facility_ids)', [
    facilityIdOf('kt-tyt-po-y'),
  ])
  expect(new Set(seen).size).toBe(rows.length)
  expect(seen).toHaveLength(rows.length)
})

it('the text message says when by the Vietnamese clock', () => {
  expect(emergencySms('vi', new Date('2026-11-25T20:05:00Z'))).toContain('03:05 26/11/2026')
})

/** Somebody who answers for emergency openings at one unit. */
async function grantAt(facilityId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query("insert into identity.account_user (id, kind, email, username) values ($1, 'staff', $2, $3)", [
    id,
    `${id}@account.invalid`,
    `h.${id}`,
  ])
  await bed.owner.query(
    "insert into identity.role_grant (id, person_id, role_key, facility_id) values ($1, $2, 'unit_admin', $3)",
    [randomUUID(), id, facilityId],
  )
  return id
}
