import { me } from '@moinha/contracts/identity'
import { readPatient } from '@moinha/contracts/records'
import { dayList, getAppointment, myAppointments } from '@moinha/contracts/scheduling'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

let bed: TestBed
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
const appointment = randomUUID()
/** A day with nothing in it but that one appointment. */
const date = '2037-11-24'

beforeAll(async () => {
  bed = await openTestBed()
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
    values ($1, $2, $3, $4, tstzrange($5::timestamptz, $5::timestamptz + interval '15 minutes'),
      'remote_advice', 'confirmed', 'citizen')`,
    [appointment, lanId, poY, nurseId, `${date}T09:00:00+07:00`],
  )
})
afterAll(() => bed.close())

/** Every row of the access log that something left, whole but for its id and time. */
async function rowsLeftBy(read: () => Promise<unknown>): Promise<unknown[]> {
  const { rows: before } = await bed.owner.query<{ id: string }>('select id from audit.entry')
  await read()
  const { rows } = await bed.owner.query(
    `select actor_kind, actor_id, actor_facility_id, action, outcome, subject, subject_id, patient_id,
      patient_ids::text[] as patient_ids, facility_id, detail
    from audit.entry where id <> all($1) order by id`,
    [before.map(({ id }) => id)],
  )
  return rows
}

const staff = { actor_kind: 'staff', actor_id: nurseId, actor_facility_id: poY, facility_id: poY }
const citizen = { actor_kind: 'citizen', actor_id: lanId, actor_facility_id: null, facility_id: null }
const one = { outcome: 'done', patient_id: lanId, patient_ids: null }

test('each read that screens wait for leaves exactly the row it always left', async () => {
  const [nurse, lan] = [await bed.as('nurse'), await bed.as('lan')]
  const byId = { params: { patientId: lanId } }
  const page = await nurse.call(readPatient, byId)
  const through = page.relationships.filter((held) => held.mine).map((held) => held.reason)
  expect(through).not.toEqual([])
  expect(await rowsLeftBy(() => nurse.call(readPatient, byId))).toEqual([
    { ...staff, ...one, action: 'records.readPatient', subject: 'patient', subject_id: lanId, detail: { through } },
  ])
  expect(await rowsLeftBy(() => lan.call(getAppointment, { params: { id: appointment } }))).toEqual([
    { ...citizen, ...one, action: 'scheduling.read', subject: 'appointment', subject_id: appointment, detail: null },
  ])
  const day = { params: { facilityId: poY }, query: { date } }
  expect(await rowsLeftBy(() => nurse.call(dayList, day))).toEqual([
    {
      ...staff,
      ...one,
      ...{ action: 'scheduling.readDay', subject: 'facility', subject_id: poY, detail: { date, count: 1 } },
    },
  ])
  const mine = await lan.call(myAppointments, { query: { when: 'upcoming' } })
  const patients = [...new Set(mine.items.map(({ patient }) => patient.id))]
  const detail = { when: 'upcoming', count: mine.items.length }
  expect(await rowsLeftBy(() => lan.call(myAppointments, { query: { when: 'upcoming' } }))).toEqual([
    {
      ...citizen,
      ...{ action: 'scheduling.readMine', outcome: 'done', subject: 'person', subject_id: lanId, detail },
      ...(patients.length > 1 ? { patient_id: null, patient_ids: patients } : one),
    },
  ])
  expect(await rowsLeftBy(() => lan.call(me))).toEqual([])
})

test('a read that is refused leaves one row of a refusal, whatever was asked beside it', async () => {
  const stranger = await bed.as('foreignNurse')
  const rows = await rowsLeftBy(() => stranger.try(readPatient, { params: { patientId: lanId } }))
  expect(rows).toMatchObject([{ outcome: 'refused', patient_id: lanId, actor_kind: 'staff' }])
})
