import { randomUUID } from 'node:crypto'
import { ownAccess } from '@moinha/contracts/records'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lanId = demoPersonId(castCitizens.lan.key)
const ducId = demoPersonId(castCitizens.duc.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let lan: TestClient, duc: TestClient, nurse: TestClient, foreign: TestClient
let phone: string, birthDate: string, ducPhone: string, ducName: string

beforeAll(async () => {
  bed = await openTestBed({ clock })
  lan = await bed.as('lan')
  duc = await bed.as('duc')
  nurse = await bed.as('nurse')
  foreign = await bed.as('foreignNurse')
  const { rows } = await bed.owner.query<{ phone: string; birth_date: string }>(
    `update records.patient set birth_date = coalesce(birth_date, '1988-03-08'), phone = coalesce(phone, '+84912345670')
      where id = $1
     returning phone, birth_date::text`,
    [lanId],
  )
  phone = rows[0]?.phone ?? ''
  birthDate = rows[0]?.birth_date ?? ''
  const account = await bed.owner.query<{ phone: string; name: string }>(
    `select u.phone, p.full_name as name from identity.account_user u join identity.person p on p.id = u.id
      where u.id = $1`,
    [ducId],
  )
  ducPhone = account.rows[0]?.phone ?? ''
  ducName = account.rows[0]?.name ?? ''
})
afterAll(() => bed.close())
beforeEach(async () => {
  clock.set(at('2037-11-24T06:00'))
  await bed.owner.query(
    `truncate scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment_history,
      scheduling.appointment, scheduling.booking_helper, scheduling.helper_consent`,
  )
  await bed.owner.query(`delete from identity.sms_outbox where purpose = 'helped_booking'`)
})

const local = (e164: string): string => e164.replace('+84', '0')
const naming = (more: object = {}) => ({
  id: randomUUID(),
  fullName: ducName,
  phone: local(ducPhone),
  fromDay: '2037-11-24',
  untilDay: '2037-12-24',
  ...more,
})
const name = (body = naming()) => nurse.call(contract.nameHelper, { params: { facilityId: poY }, body })
const agree = (agreed = true, saidAt?: string) =>
  nurse.call(contract.keepHelperConsent, {
    params: { facilityId: poY, patientId: lanId },
    body: { agreed, ...(saidAt !== undefined && { saidAt }) },
  })
const wish = (start: string, more: object = {}) => ({
  id: randomUUID(),
  facilityId: poY,
  number: local(phone),
  birthDate,
  present: true as const,
  practitionerId: nurseId,
  start: at(start),
  kind: 'remote_advice' as const,
  ...more,
})
const help = (body: ReturnType<typeof wish>) => duc.try(contract.helpBook, { body })

test('a named helper books for a patient who agreed; patient and station see by whom, the audit carries both', async () => {
  await name()
  await agree()
  expect((await duc.call(contract.helperStations)).items).toEqual([
    {
      facilityId: poY,
      facilityName: expect.stringContaining('Pờ Y') as string,
      fromDay: '2037-11-24',
      untilDay: '2037-12-24',
    },
  ])
  const body = wish('2037-11-24T07:30')
  const booked = await duc.call(contract.helpBook, { body })
  expect(booked).toMatchObject({ id: body.id, state: 'requested', patientName: 'Y Lan', mayCancel: true })
  expect(await duc.call(contract.helpBook, { body })).toEqual(booked)
  const { items } = await nurse.call(contract.dayList, { params: { facilityId: poY }, query: {} })
  expect(items).toMatchObject([{ id: body.id, origin: 'helper', helperName: ducName }])
  expect((await lan.call(contract.myAppointments, { query: {} })).items).toMatchObject([
    { id: body.id, helperName: ducName },
  ])
  const { rows } = await bed.owner.query(
    `select actor_id, patient_id, facility_id, detail ->> 'origin' as origin from audit.entry
      where action = 'scheduling.book' and subject_id = $1`,
    [body.id],
  )
  expect(rows).toEqual([{ actor_id: ducId, patient_id: lanId, facility_id: poY, origin: 'helper' }])
  const texts = await bed.owner.query(`select to_phone, body from identity.sms_outbox where purpose = 'helped_booking'`)
  expect(texts.rows).toMatchObject([{ to_phone: phone, body: expect.stringContaining('24/11/2037') as string }])
})

test('unknown, not agreed, taken back, wrong birth date and another station’s patient are one answer', async () => {
  await name()
  const codes = async (more: object = {}) => (await help(wish('2037-11-24T07:30', more))).problem?.code
  expect(await codes()).toBe('HELPED_PATIENT_UNKNOWN')
  await agree()
  expect(await codes({ birthDate: '1970-01-01' })).toBe('HELPED_PATIENT_UNKNOWN')
  expect(await codes({ number: '0987654321' })).toBe('HELPED_PATIENT_UNKNOWN')
  await agree(false)
  expect(await codes()).toBe('HELPED_PATIENT_UNKNOWN')
  expect(
    (await duc.try(contract.helpBook, { body: { ...wish('2037-11-24T07:30'), present: false as unknown as true } }))
      .status,
  ).toBe(400)
  expect((await bed.owner.query('select from scheduling.appointment')).rowCount).toBe(0)
})

test('what the patient said later stands, whichever arrives first; an answer sent again undoes nothing', async () => {
  const saidAt = at('2037-11-24T05:10')
  expect(await agree(true, saidAt)).toEqual({ agreed: true, saidAt })
  const withdrawn = { agreed: false, saidAt: at('2037-11-24T05:40') }
  expect(await agree(false, withdrawn.saidAt)).toEqual(withdrawn)
  expect(await agree(true, saidAt)).toEqual(withdrawn)
  expect(await agree(true, at('2037-11-24T05:20'))).toEqual(withdrawn)
  const { rows } = await bed.owner.query(
    `select detail ->> 'agreed' as agreed from audit.entry
      where action = 'scheduling.keepHelperConsent' and patient_id = $1 order by id desc limit 2`,
    [lanId],
  )
  expect(rows.map((row: { agreed: string }) => row.agreed)).toEqual(['false', 'true'])
  // absent: said now
  expect(await agree(true)).toEqual({ agreed: true, saidAt: at('2037-11-24T06:00') })
  const ahead = await nurse.try(contract.keepHelperConsent, {
    params: { facilityId: poY, patientId: lanId },
    body: { agreed: false, saidAt: at('2037-11-24T06:10') },
  })
  expect(ahead.problem).toMatchObject({ status: 422, code: 'SAID_IN_FUTURE' })
})

test('a number of the patient counts from its first day by Vietnam’s calendar, not by the database’s', async () => {
  await name()
  await agree()
  const number = '062196000778'
  await bed.owner.query(
    `insert into records.patient_identifier (patient_id, system, value, valid)
      values ($1, 'passport', $2, daterange('2037-11-24', null))`,
    [lanId, number],
  )
  expect((await help(wish('2037-11-24T07:30', { number }))).status).toBe(200)
})

test('a helper sees the bookings they made and calls them off; the record stays closed', async () => {
  await name()
  await agree()
  const own = await lan.call(contract.bookAppointment, {
    body: {
      id: randomUUID(),
      facilityId: poY,
      patientId: lanId,
      practitionerId: nurseId,
      start: at('2037-11-24T07:00'),
      kind: 'remote_advice',
    },
  })
  const { id } = await duc.call(contract.helpBook, { body: wish('2037-11-24T08:00') })
  expect((await duc.call(contract.helpedBookings, { query: {} })).items.map((one) => one.id)).toEqual([id])
  expect((await duc.try(contract.getAppointment, { params: { id } })).status).toBe(404)
  expect((await duc.try(ownAccess, { params: { patientId: lanId }, query: {} })).status).toBe(404)
  expect((await duc.try(contract.helpCancel, { params: { id: own.id } })).status).toBe(404)
  // where the patient is at that time is not theirs to know
  const busy = await help(wish('2037-11-24T07:00', { practitionerId: nurseId }))
  expect(busy.problem?.code).toMatch(/HELPED_PATIENT_BUSY|SLOT_TAKEN/)
  expect(JSON.stringify(busy.problem)).not.toContain(own.id)
  expect(await duc.call(contract.helpCancel, { params: { id } })).toMatchObject({
    state: 'cancelled',
    mayCancel: false,
  })
})

test('the bound of a helper is wider, the patient’s is the same', async () => {
  await name()
  await agree()
  const starts = ['07:00', '07:30', '08:00', '08:30'].map((time) => `2037-11-24T${time}`)
  const answers = await Promise.all(starts.map((start) => help(wish(start))))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3)
  const refused = answers.find((answer) => answer.status !== 200)?.problem
  expect(refused).toMatchObject({ code: 'PATIENT_BOOKINGS_FULL', params: { count: 3, bound: 3 } })
  expect(refused?.params?.['open']).toBeUndefined()
  // what was booked as a helper fills nothing of one's own: Đức books for himself still
  const items = contract.freeTimesOf(
    await bed
      .anonymous()
      .call(contract.freeSlots, {
        params: { facilityId: poY },
        query: { practitionerId: nurseId, kind: 'remote_advice', days: '2' },
      }),
  )
  const body = {
    id: randomUUID(),
    facilityId: poY,
    patientId: ducId,
    practitionerId: nurseId,
    start: items.at(-1)?.start ?? '',
    kind: 'remote_advice' as const,
  }
  expect((await duc.try(contract.bookAppointment, { body })).status).toBe(200)
})

test('naming: phone and name must both fit, within a year, once at a time, by the station alone', async () => {
  const refused = async (more: object, client = nurse) =>
    (await client.try(contract.nameHelper, { params: { facilityId: poY }, body: naming(more) })).problem?.code
  expect(await refused({ fullName: 'Người Khác' })).toBe('HELPER_UNKNOWN')
  expect(await refused({ phone: '0987654321' })).toBe('HELPER_UNKNOWN')
  expect(await refused({ fromDay: '2037-11-23' })).toBe('HELPER_DAYS_WRONG')
  expect(await refused({ untilDay: '2039-01-01' })).toBe('HELPER_DAYS_WRONG')
  expect(await refused({}, foreign)).toBe('NOT_ALLOWED')
  const body = naming()
  expect((await name(body)).id).toBe(body.id)
  expect((await name(body)).id).toBe(body.id)
  expect(await refused({})).toBe('HELPER_NAMED_ALREADY')
  const twice = await Promise.all(
    [1, 2].map(() => foreign.try(contract.nameHelper, { params: { facilityId: hoaiHai }, body: naming() })),
  )
  expect(twice.map((answer) => answer.problem?.code ?? 'named').sort()).toEqual(['HELPER_NAMED_ALREADY', 'named'])
})

test('an ended or expired helper books for nobody and sees nothing more', async () => {
  await agree()
  const { id } = await name()
  const booked = await duc.call(contract.helpBook, { body: wish('2037-11-24T08:00') })
  await nurse.call(contract.endHelper, { params: { id } })
  await nurse.call(contract.endHelper, { params: { id } })
  expect((await help(wish('2037-11-24T09:00'))).status).toBe(403)
  expect((await duc.call(contract.helpedBookings, { query: {} })).items).toEqual([])
  expect((await duc.try(contract.helpCancel, { params: { id: booked.id } })).status).toBe(404)
  expect((await nurse.call(contract.listHelpers, { params: { facilityId: poY } })).items).toMatchObject([
    { id, endedAt: expect.any(String) as string },
  ])
  await name(naming({ untilDay: '2037-11-24' }))
  clock.set(at('2037-11-25T06:00'))
  expect((await help(wish('2037-11-25T09:00'))).status).toBe(403)
  expect((await nurse.try(contract.helpBook, { body: wish('2037-11-25T09:00') })).status).toBe(403)
})

test('the second wall: a foreign actor sees neither helpers nor consents', async () => {
  await name()
  await agree()
  const seen = async (personId: string, facility: string) => {
    const client = await bed.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role moinha_app')
      await client.query(
        `select set_config('app.actor_kind', 'staff', true), set_config('app.person_id', $1, true),
          set_config('app.facility_ids', $2, true)`,
        [personId, `{${facility}}`],
      )
      const { rows } = await client.query<{ helpers: number; consents: number }>(
        `select (select count(*)::int from scheduling.booking_helper) as helpers,
          (select count(*)::int from scheduling.helper_consent) as consents`,
      )
      return rows[0]
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  expect(await seen(nurseId, poY)).toEqual({ helpers: 1, consents: 1 })
  expect(await seen(demoPersonId(castStaffMember('foreignNurse').key), hoaiHai)).toEqual({ helpers: 0, consents: 0 })
})
