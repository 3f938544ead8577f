import { randomUUID } from 'node:crypto'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Matrix, MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import { everyone } from '../../../platform/testing/permission-matrix.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
const duc = demoPersonId(castCitizens.duc.key)
const nurse = demoPersonId(castStaffMember('nurse').key)
const foreignNurse = demoPersonId(castStaffMember('foreignNurse').key)

const station = ['nurse', 'stationDoctor'] as const
const anyone = ['anonymous', ...everyone] as const
const planners = ['nurse', 'stationDoctor', 'unitAdmin', 'systemAdmin'] as const

let minutes = 0
/** Every appointment of the matrix has a time of its own, so that they are in nobody's way. */
function nextTime(bed: TestBed): Date {
  return new Date(instantOf(addDays(localDateOf(bed.platform.clock.now()), 1)).getTime() + (minutes += 5) * 60_000)
}

/**
 * Seconds before now, each once in a database: what is of today must not slip into yesterday in the hundredth file, nor
 * in the first minutes after midnight.
 */
const lastGiven = new WeakMap<TestBed, number>()
function earlierToday(bed: TestBed): Date {
  const given = (lastGiven.get(bed) ?? bed.platform.clock.now().getTime()) - 2000
  lastGiven.set(bed, given)
  return new Date(given)
}

interface World {
  facilityId: string
  patientId: string
  practitionerId: string
}
const own: World = { facilityId: poY, patientId: lan, practitionerId: nurse }
const foreign: World = { facilityId: hoaiHai, patientId: duc, practitionerId: foreignNurse }

async function appointment(bed: TestBed, world: World, state: string, today = false): Promise<string> {
  const id = randomUUID()
  const start = today ? earlierToday(bed) : nextTime(bed)
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
    values ($1, $2, $3, $4, tstzrange($5, $5::timestamptz + interval '1 second'), 'in_person', $6, 'desk')`,
    [id, world.patientId, world.facilityId, world.practitionerId, start, state],
  )
  return id
}

/** An act on an appointment that stands in a state. */
function appointmentIn(world: World, state: string, body?: () => object, today = false): MatrixCase['own'] {
  return async (bed) => ({ params: { id: await appointment(bed, world, state, today) }, ...(body && { body: body() }) })
}

async function waiting(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  const day = addDays('2027-01-01', (minutes += 1))
  await bed.owner.query(
    `insert into scheduling.waitlist_entry (id, patient_id, facility_id, kind, days, created_by)
      values ($1, $2, $3, 'in_person', daterange($4::date, $4::date, '[]'), $2)`,
    [id, world.patientId, world.facilityId, day],
  )
  return id
}

async function hours(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into scheduling.working_hours (id, practitioner_id, facility_id, weekday, from_minute, to_minute,
      slot_minutes, kinds, valid)
    values ($1, $2, $3, 1, 0, 60, 30, '{in_person}', daterange($4::date, $4::date, '[]'))`,
    [id, world.practitionerId, world.facilityId, addDays('2040-01-01', (minutes += 1))],
  )
  return id
}

async function dayOff(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into scheduling.schedule_exception (id, practitioner_id, facility_id, effect, days, reason)
      values ($1, $2, $3, 'off', daterange('2040-01-01', '2040-01-02'), 'x')`,
    [id, world.practitionerId, world.facilityId],
  )
  return id
}

/** Lan (own) or Đức (foreign) as a helper of the station, whatever was there before. */
async function helper(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    'update scheduling.booking_helper set ended_at = now() where facility_id = $1 and ended_at is null',
    [world.facilityId],
  )
  await bed.owner.query(
    `insert into scheduling.booking_helper (id, facility_id, person_id, full_name, days)
    values ($1, $2, $3, 'Người giúp', daterange('2020-01-01', '2090-01-01'))`,
    [id, world.facilityId, world.patientId],
  )
  return id
}
const helped = (world: World) => ({
  ...wish(world),
  facilityId: world.facilityId,
  number: '000000',
  birthDate: '1990-01-01',
  present: true,
  patientId: undefined,
})

/** An appointment the helper of this world made. */
async function helpedAppointment(bed: TestBed, world: World): Promise<string> {
  await helper(bed, world)
  const id = await appointment(bed, world, 'confirmed')
  await bed.owner.query(
    "update scheduling.appointment set origin = 'helper', helper_name = 'Người giúp', booked_by = $2 where id = $1",
    [id, world.patientId],
  )
  return id
}

const at = ({ facilityId }: World) => ({ params: { facilityId } })
const wish = (world: World) => ({
  id: randomUUID(),
  patientId: world.patientId,
  practitionerId: world.practitionerId,
  start: '2030-01-01T08:00:00+07:00',
  kind: 'in_person',
})
const typedHours = { weekday: 1, from: '03:00', to: '04:00', slotMinutes: 30, kinds: ['in_person'] }
const settings = { autoConfirm: false, horizonDays: 60, offerMinutes: 30 }
/** Everyone whose unit or person it is, and nobody of the other world. */
const both = <Key extends string>(
  make: (world: World) => MatrixCase['own'],
  ownFor: readonly Key[],
  foreignFor: readonly Key[],
) => ({ own: make(own), ownFor, foreign: make(foreign), foreignFor }) as unknown as MatrixCase

export const matrix: Matrix = {
  'scheduling.find': { own: () => ({ query: { q: 'po y' } }), ownFor: anyone },
  'scheduling.stationSchedule': { own: () => at(own), ownFor: anyone },
  'scheduling.freeSlots': { own: () => at(own), ownFor: anyone },
  'scheduling.bookAppointment': both(
    (world) => () => ({ body: { ...wish(world), facilityId: world.facilityId } }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.bookAtDesk': both((world) => () => ({ ...at(world), body: wish(world) }), station, ['foreignNurse']),
  'scheduling.walkIn': both(
    (world) => () => ({ ...at(world), body: { id: randomUUID(), patientId: world.patientId } }),
    station,
    ['foreignNurse'],
  ),
  'scheduling.myAppointments': { own: () => undefined, ownFor: ['lan', 'duc'] },
  'scheduling.getAppointment': both(
    (world) => appointmentIn(world, 'confirmed'),
    ['lan', ...station],
    ['duc', 'foreignNurse'],
  ),
  'scheduling.moveAppointment': both(
    (world) =>
      appointmentIn(world, 'confirmed', () => ({
        start: '2030-01-01T08:00:00+07:00',
        practitionerId: world.practitionerId,
      })),
    ['lan', ...station],
    ['duc', 'foreignNurse'],
  ),
  'scheduling.cancelAppointment': both(
    (world) => appointmentIn(world, 'confirmed', () => ({ reason: 'thử' })),
    ['lan', ...station],
    ['duc', 'foreignNurse'],
  ),
  'scheduling.acknowledgeMove': both((world) => appointmentIn(world, 'moved'), ['lan'], ['duc']),
  'scheduling.dayList': both((world) => () => at(world), station, ['foreignNurse']),
  'scheduling.practitionerWeek': both(
    (world) => () => ({ params: { facilityId: world.facilityId, practitionerId: world.practitionerId } }),
    station,
    ['foreignNurse'],
  ),
  'scheduling.confirmAppointment': both((world) => appointmentIn(world, 'requested'), station, ['foreignNurse']),
  'scheduling.arrive': both((world) => appointmentIn(world, 'confirmed', undefined, true), station, ['foreignNurse']),
  'scheduling.startAppointment': both(
    (world) => appointmentIn(world, 'arrived', () => ({ encounterId: randomUUID() }), true),
    station,
    ['foreignNurse'],
  ),
  'scheduling.markNoShow': both((world) => appointmentIn(world, 'confirmed', undefined, true), station, [
    'foreignNurse',
  ]),
  'scheduling.joinWaitlist': both(
    (world) => () => ({
      body: {
        id: randomUUID(),
        patientId: world.patientId,
        facilityId: world.facilityId,
        kind: 'in_person',
        fromDay: '2020-01-01',
        toDay: '2020-01-02',
      },
    }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.myWaitlist': { own: () => undefined, ownFor: ['lan', 'duc'] },
  'scheduling.acceptOffer': both(
    (world) => async (bed) => ({ params: { id: await waiting(bed, world) } }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.declineOffer': both(
    (world) => async (bed) => ({ params: { id: await waiting(bed, world) } }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.leaveWaitlist': both(
    (world) => async (bed) => ({ params: { id: await waiting(bed, world) } }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.listHelpers': both((world) => () => at(world), station, ['foreignNurse']),
  'scheduling.nameHelper': both(
    (world) => () => ({
      ...at(world),
      body: {
        id: randomUUID(),
        fullName: 'Không ai',
        phone: '0912345678',
        fromDay: '2020-01-01',
        untilDay: '2020-01-02',
      },
    }),
    station,
    ['foreignNurse'],
  ),
  'scheduling.endHelper': both((world) => async (bed) => ({ params: { id: await helper(bed, world) } }), station, [
    'foreignNurse',
  ]),
  'scheduling.readHelperConsent': both(
    (world) => () => ({ params: { facilityId: world.facilityId, patientId: world.patientId } }),
    station,
    ['foreignNurse'],
  ),
  'scheduling.keepHelperConsent': both(
    (world) => () => ({ params: { facilityId: world.facilityId, patientId: world.patientId }, body: { agreed: true } }),
    station,
    ['foreignNurse'],
  ),
  'scheduling.helperStations': {
    own: async (bed) => {
      await helper(bed, own)
      return undefined
    },
    ownFor: ['lan', 'duc'],
  },
  'scheduling.helpBook': both(
    (world) => async (bed) => {
      await helper(bed, world)
      return { body: helped(world) }
    },
    ['lan'],
    ['duc'],
  ),
  'scheduling.helpedBookings': { own: () => undefined, ownFor: ['lan', 'duc'] },
  'scheduling.helpCancel': both(
    (world) => async (bed) => ({ params: { id: await helpedAppointment(bed, world) } }),
    ['lan'],
    ['duc'],
  ),
  'scheduling.listHours': both((world) => () => at(world), planners, ['foreignNurse', 'systemAdmin']),
  'scheduling.addHours': both(
    (world) => () => ({
      ...at(world),
      body: {
        id: randomUUID(),
        practitionerId: world.practitionerId,
        ...typedHours,
        validFrom: addDays('2050-01-01', (minutes += 1)),
        validTo: '2050-01-01',
      },
    }),
    planners,
    ['foreignNurse', 'systemAdmin'],
  ),
  'scheduling.changeHours': both(
    (world) => async (bed) => ({
      params: { id: await hours(bed, world) },
      body: { newId: randomUUID(), effectiveFrom: '2026-01-01', ...typedHours },
    }),
    planners,
    ['foreignNurse', 'systemAdmin'],
  ),
  'scheduling.endHours': both(
    (world) => async (bed) => ({ params: { id: await hours(bed, world) }, body: { lastDay: '2039-01-01' } }),
    planners,
    ['foreignNurse', 'systemAdmin'],
  ),
  'scheduling.addException': both(
    (world) => () => ({
      ...at(world),
      body: {
        id: randomUUID(),
        practitionerId: world.practitionerId,
        effect: 'off',
        fromDay: '2041-01-01',
        toDay: '2041-01-01',
        reason: 'thử',
      },
    }),
    planners,
    ['foreignNurse', 'systemAdmin'],
  ),
  'scheduling.withdrawException': both(
    (world) => async (bed) => ({ params: { id: await dayOff(bed, world) } }),
    planners,
    ['foreignNurse', 'systemAdmin'],
  ),
  'scheduling.getBookingSettings': both((world) => () => at(world), planners, ['foreignNurse', 'systemAdmin']),
  'scheduling.saveBookingSettings': both((world) => () => ({ ...at(world), body: settings }), planners, [
    'foreignNurse',
    'systemAdmin',
  ]),
}
