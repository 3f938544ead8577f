import { sql } from 'kysely'
import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import { facilityIdOf } from '../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../identity/index.ts'
import { openRoom } from './actions/appointment-room.ts'
import { factOf } from './actions/show-appointment.ts'
import { demoReasons } from './data/demo-hours.ts'
import type { StoredState } from './domain/appointment-states.ts'
import { nextHalfHour } from './domain/next-half-hour.ts'
import { slotsOf } from './domain/openings.ts'
import { appointmentBooked, appointmentConfirmed } from './events.ts'
import { giveQueueNo } from './store/appointment-changes.ts'
import { findAppointment, insertAppointment } from './store/appointment-rows.ts'
import { readPlans } from './store/plan-rows.ts'

const comingDays = 5
const halfHourMs = 30 * 60_000

interface Story {
  /** Half hours from the demo's next half hour. */
  step: number
  worker: 'nurse' | 'stationDoctor'
  kind: AppointmentKind
  state: StoredState
}

/** The day at the story's station, around the moment the demo is opened. */
const storyDay: readonly Story[] = [
  { step: -6, worker: 'stationDoctor', kind: 'in_person', state: 'done' },
  { step: -5, worker: 'nurse', kind: 'in_person', state: 'done' },
  { step: -4, worker: 'nurse', kind: 'remote_advice', state: 'no_show' },
  { step: -2, worker: 'stationDoctor', kind: 'in_person', state: 'arrived' },
  { step: -1, worker: 'nurse', kind: 'in_person', state: 'arrived' },
  { step: 1, worker: 'stationDoctor', kind: 'remote_examination', state: 'confirmed' },
  { step: 2, worker: 'nurse', kind: 'in_person', state: 'requested' },
  { step: 3, worker: 'nurse', kind: 'remote_advice', state: 'requested' },
  { step: 4, worker: 'stationDoctor', kind: 'in_person', state: 'cancelled' },
]

interface DemoAppointment {
  label: string
  facilityId: string
  patientId: string
  practitionerId: string
  start: Date
  minutes: number
  kind: AppointmentKind
  state: StoredState
  reason: (typeof demoReasons)[number]
}

/** Appointments of today and the coming days. Sent twice on one day they change nothing. */
export async function seedAppointments(work: Work, stations: readonly { id: string; key: string }[]): Promise<void> {
  await seedStory(work)
  for (const station of stations) await seedStation(work, station)
}

async function seedStory(work: Work): Promise<void> {
  const facilityId = facilityIdOf(castCitizens.lan.facilityKey)
  const today = localDateOf(work.now)
  const pivot = nextHalfHour(work.now)
  const reason = { reason: 'Đo ở nhà thấy huyết áp cao, hay chóng mặt', programme: 'hypertension' as const }
  await add(work, {
    label: `${today} lan`,
    facilityId,
    patientId: demoPersonId(castCitizens.lan.key),
    practitionerId: personOf('nurse'),
    start: pivot,
    minutes: 30,
    kind: 'remote_advice',
    state: 'confirmed',
    reason,
  })
  const patients = await patientsOf(work, facilityId, storyDay.length)
  for (const [index, story] of storyDay.entries()) {
    const patientId = patients[index]
    const start = new Date(pivot.getTime() + story.step * halfHourMs)
    if (!patientId || localDateOf(start) !== today) continue
    await add(work, {
      label: `${today} story ${index}`,
      facilityId,
      patientId,
      practitionerId: personOf(story.worker),
      start,
      minutes: 30,
      kind: story.kind,
      state: story.state,
      reason: reasonAt(index),
    })
  }
  const walkIn = patients[storyDay.length]
  if (walkIn) await addWalkIn(work, { facilityId, patientId: walkIn })
}

const personOf = (key: 'nurse' | 'stationDoctor') => demoPersonId(castStaffMember(key).key)
const reasonAt = (index: number) => demoReasons[index % demoReasons.length] ?? { reason: '', programme: null }

/** Patients of a station in the same order on every machine, without the cast. */
async function patientsOf(work: Work, facilityId: string, atLeast: number): Promise<string[]> {
  const cast = Object.values(castCitizens)
    .flatMap((citizen) => [citizen, ...citizen.family])
    .map((person) => demoPersonId(person.key))
  const { rows } = await sql<{
    id: string
  }>`select id from records.patient_card where home_facility_id = ${facilityId} and id <> all (${cast}::uuid[])
    order by id limit ${atLeast + 12}`.execute(work.tx)
  return rows.map((row) => row.id)
}

/** A few appointments on each coming day, on slots the workers really have. */
async function seedStation(work: Work, station: { id: string; key: string }): Promise<void> {
  const tomorrow = addDays(localDateOf(work.now), 1)
  const patients = await patientsOf(work, station.id, 12)
  const plans = await readPlans(work.tx, station.id, { from: tomorrow, until: addDays(tomorrow, comingDays) })
  if (patients.length === 0) return
  for (const [dayIndex, day] of Array.from({ length: comingDays }, (_, index) => addDays(tomorrow, index)).entries()) {
    for (const [planIndex, plan] of plans.entries()) {
      const slots = slotsOf(plan, day).filter(
        (slot) => slot.start >= instantOf(day, '07:00') && slot.start < instantOf(day, '17:00'),
      )
      // two of each worker, spread over the day, fewer the farther away
      for (const [turn, slot] of slots
        .filter((_, index) => index % 5 === (dayIndex + planIndex) % 5)
        .slice(0, dayIndex < 2 ? 2 : 1)
        .entries()) {
        const number = dayIndex * 7 + planIndex * 3 + turn
        await add(work, {
          label: `${day} ${station.key} ${plan.practitionerId} ${turn}`,
          facilityId: station.id,
          patientId: patients[number % patients.length] ?? '',
          practitionerId: plan.practitionerId,
          start: slot.start,
          minutes: (slot.end.getTime() - slot.start.getTime()) / 60_000,
          kind: 'in_person',
          state: number % 3 === 0 ? 'requested' : 'confirmed',
          reason: reasonAt(number),
        })
      }
    }
  }
}

async function add(work: Work, { label, start, minutes, reason, ...row }: DemoAppointment): Promise<void> {
  const id = stableId(`scheduling demo ${label}`)
  const fresh = await insertAppointment(work.tx, {
    ...row,
    ...reason,
    id,
    start,
    end: new Date(start.getTime() + minutes * 60_000),
    origin: 'citizen',
    bookedBy: row.patientId,
    bookedAt: work.now,
  })
  if (!fresh) return
  if (row.state === 'arrived' || row.state === 'done') await queue(work, id, row.facilityId, start)
  if (row.state === 'cancelled')
    await sql`update scheduling.appointment set cancelled_by = 'citizen', cancel_reason = 'Bận đi rẫy'
      where id = ${id}`.execute(work.tx)
  await announce(work, id)
}

async function queue(work: Work, id: string, facilityId: string, at: Date): Promise<void> {
  await giveQueueNo(work.tx, id, facilityId, localDateOf(at))
  await sql`update scheduling.appointment set arrived_at = ${new Date(at.getTime() - 10 * 60_000)},
    started_at = case when state = 'done' then ${at}::timestamptz end, ended_at = case
    when state = 'done' then upper(during) end where id = ${id}`.execute(work.tx)
}

async function addWalkIn(
  work: Work,
  { facilityId, patientId }: { facilityId: string; patientId: string },
): Promise<void> {
  const id = stableId(`scheduling demo ${localDateOf(work.now)} walk-in`)
  const start = new Date(Math.max(work.now.getTime() - 12 * 60_000, instantOf(localDateOf(work.now)).getTime()))
  const fresh = await insertAppointment(work.tx, {
    id,
    facilityId,
    patientId,
    practitionerId: null,
    start,
    end: new Date(start.getTime() + 15 * 60_000),
    kind: 'in_person',
    programme: null,
    reason: 'Bị ong đốt, sưng tay',
    state: 'arrived',
    origin: 'walk_in',
    bookedBy: null,
    bookedAt: null,
  })
  if (fresh) await queue(work, id, facilityId, start)
}

async function announce(work: Work, id: string): Promise<void> {
  const view = await findAppointment(work.tx, id)
  if (!view) return
  await work.emit(appointmentBooked, { ...factOf(view), bookedAt: work.now })
  if (view.state !== 'confirmed') return
  await openRoom(work, view)
  await work.emit(appointmentConfirmed, factOf(view))
}
