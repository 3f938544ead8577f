import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { Replays } from '../../../platform/testing/replays.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const facilityId = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId(castCitizens.lan.key)
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

export const replays: Replays = {
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
