import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { expect } from 'vitest'
import type { MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { Replays } from '../../../platform/testing/replays.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const facilityId = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId(castCitizens.lan.key)
const child = demoPersonId(castCitizens.lan.family[0]?.key ?? '')
const practitionerId = demoPersonId(castStaffMember('nurse').key)
const kind = 'remote_advice' as const

let taken = 0
/** A free time of the nurse; a later one each time. */
async function freeStart(bed: TestBed): Promise<string> {
  const query = { practitionerId, kind, days: '20' }
  const free = await bed.anonymous().call(contract.freeSlots, { params: { facilityId }, query })
  return contract.freeTimesOf(free)[(taken += 1)]?.start ?? ''
}

const wish = async (bed: TestBed) => ({
  id: randomUUID(),
  patientId: lan,
  practitionerId,
  start: await freeStart(bed),
  kind,
  reason: 'ho',
})
const bookedId = (input: MatrixInput): string => (input?.body as { id: string }).id
const cancel = async (bed: TestBed, input: MatrixInput) =>
  (await bed.as('nurse')).call(contract.cancelAppointment, {
    params: { id: bookedId(input) },
    body: { reason: 'đổi lịch' },
  })
const daysAhead = (bed: TestBed, days: number) => addDays(localDateOf(bed.platform.clock.now()), days)

/** A helper named by the station, a patient who agreed, and the number on the patient's card. */
async function helped(bed: TestBed): Promise<object> {
  const { rows } = await bed.owner.query<{ phone: string; birth_date: string }>(
    `update records.patient set birth_date = coalesce(birth_date, '1988-03-08'), phone = coalesce(phone, '+84912345670')
     where id = $1 returning phone, birth_date::text`,
    [lan],
  )
  const duc = await bed.owner.query<{ phone: string; name: string }>(
    `select u.phone, p.full_name as name from identity.account_user u join identity.person p on p.id = u.id
      where u.id = $1`,
    [demoPersonId(castCitizens.duc.key)],
  )
  const nurse = await bed.as('nurse')
  const body = {
    id: randomUUID(),
    fullName: duc.rows[0]?.name ?? '',
    phone: (duc.rows[0]?.phone ?? '').replace('+84', '0'),
    fromDay: daysAhead(bed, 0),
    untilDay: daysAhead(bed, 30),
  }
  await nurse.call(contract.nameHelper, { params: { facilityId }, body })
  await nurse.call(contract.keepHelperConsent, { params: { facilityId, patientId: lan }, body: { agreed: true } })
  const { patientId: _patient, reason: _reason, ...when } = await wish(bed)
  const number = (rows[0]?.phone ?? '').replace('+84', '0')
  return { ...when, facilityId, number, birthDate: rows[0]?.birth_date, present: true }
}

/** A time held for Lan's child, for whom they waited; Lan's own bookings are counted elsewhere. */
async function offered(bed: TestBed): Promise<string> {
  const [id, appointmentId, start] = [randomUUID(), randomUUID(), await freeStart(bed)]
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
     values ($1, $2, $3, $4, tstzrange($5::timestamptz, $5::timestamptz + interval '5 minutes'), $6, 'offered',
      'waitlist')`,
    [appointmentId, child, facilityId, practitionerId, start, kind],
  )
  await bed.owner.query(
    `insert into scheduling.waitlist_entry (id, patient_id, facility_id, kind, days, created_by, state, offer_id,
      offer_until)
     values ($1, $2, $3, $4, daterange($5::date, $5::date, '[]'), $2, 'offered', $6, now() + interval '1 hour')`,
    [id, child, facilityId, kind, localDateOf(new Date(start)), appointmentId],
  )
  return id
}

const hoursBody = (weekday: number) => ({
  weekday,
  from: '03:00',
  to: '04:00',
  slotMinutes: 30,
  kinds: ['in_person' as const],
})

let lastYear = 2060
/** Weekly hours of the nurse over a year, another each time. */
async function farHours(bed: TestBed): Promise<{ id: string; year: number }> {
  const [id, year] = [randomUUID(), (lastYear += 1)]
  const span = { validFrom: `${year}-01-01`, validTo: `${year}-12-31` }
  await (
    await bed.as('nurse')
  ).call(contract.addHours, { params: { facilityId }, body: { id, practitionerId, ...hoursBody(6), ...span } })
  return { id, year }
}

/** A person the station may name as its helper, under an id of its own. */
async function helperNamed(bed: TestBed) {
  await bed.owner.query('update scheduling.booking_helper set ended_at = now() where person_id = $1', [lan])
  const { rows } = await bed.owner.query<{ phone: string; name: string }>(
    `select u.phone, p.full_name as name from identity.account_user u join identity.person p on p.id = u.id
      where u.id = $1`,
    [lan],
  )
  const days = { fromDay: daysAhead(bed, 0), untilDay: daysAhead(bed, 20) }
  const phone = (rows[0]?.phone ?? '').replace('+84', '0')
  return { id: randomUUID(), fullName: rows[0]?.name ?? '', phone, ...days }
}

export const replays: Replays = {
  'scheduling.keepHelperConsent': {
    as: 'nurse',
    input: (bed) => ({
      params: { facilityId, patientId: lan },
      body: { agreed: true, saidAt: bed.platform.clock.now().toISOString() },
    }),
    // the patient takes it back at a colleague's desk
    moveOn: async (bed) =>
      (await bed.as('stationDoctor')).call(contract.keepHelperConsent, {
        params: { facilityId, patientId: lan },
        body: { agreed: false },
      }),
    present: { agreed: false },
  },
  'scheduling.walkIn': { as: 'nurse', moveOn: cancel, present: { state: 'cancelled' } },
  'scheduling.arrive': {
    as: 'nurse',
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.cancelAppointment, {
        params: input?.params as { id: string },
        body: { reason: 'về trước' },
      }),
    present: { state: 'cancelled' },
  },
  'scheduling.acceptOffer': { as: 'lan', input: async (bed) => ({ params: { id: await offered(bed) } }) },
  'scheduling.nameHelper': {
    as: 'nurse',
    input: async (bed) => ({ params: { facilityId }, body: await helperNamed(bed) }),
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.endHelper, { params: { id: bookedId(input) } }),
    present: { endedAt: expect.any(String) },
  },
  'scheduling.changeHours': {
    as: 'nurse',
    // from their first day on: the hours before hold no day any more
    input: async (bed) => {
      const { id, year } = await farHours(bed)
      return { params: { id }, body: { newId: randomUUID(), effectiveFrom: `${year}-01-01`, ...hoursBody(5) } }
    },
  },
  'scheduling.endHours': {
    as: 'nurse',
    input: async (bed) => {
      const { id, year } = await farHours(bed)
      return { params: { id }, body: { lastDay: `${year}-06-30` } }
    },
    // a colleague ends them earlier still
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.endHours, {
        params: input?.params as { id: string },
        body: { lastDay: '2061-01-01' },
      }),
    present: { done: true },
  },
  'scheduling.bookAppointment': {
    as: 'lan',
    input: async (bed) => ({ body: { ...(await wish(bed)), facilityId } }),
    moveOn: cancel,
    present: { state: 'cancelled', cancelReason: 'đổi lịch' },
  },
  'scheduling.bookAtDesk': {
    as: 'nurse',
    input: async (bed) => ({ params: { facilityId }, body: await wish(bed) }),
    moveOn: cancel,
    present: { state: 'cancelled' },
  },
  'scheduling.helpBook': { as: 'duc', input: async (bed) => ({ body: await helped(bed) }) },
  'scheduling.joinWaitlist': {
    as: 'lan',
    input: (bed) => {
      const [fromDay, toDay] = [daysAhead(bed, 2), daysAhead(bed, 3)]
      return { body: { id: randomUUID(), patientId: lan, facilityId, kind, fromDay, toDay } }
    },
  },
  'scheduling.addHours': {
    as: 'nurse',
    input: () => ({
      params: { facilityId },
      body: {
        id: randomUUID(),
        practitionerId,
        weekday: 7,
        from: '03:00',
        to: '04:00',
        slotMinutes: 30,
        kinds: ['in_person'],
        validFrom: '2060-01-01',
        validTo: '2060-12-31',
      },
    }),
  },
}
