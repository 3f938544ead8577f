import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { systemActor } from '../../platform/access/actor.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf, pilotStations } from '../facilities/index.ts'
import { castCitizens, castStaff, demoPersonId, staffAt } from '../identity/index.ts'
import { castNightHours, castStationHours, hospitalHours, stationHours, type DemoHours } from './data/demo-hours.ts'
import { minutesOf } from './domain/booking-rules.ts'
import { seedAppointments } from './seed-appointments.ts'
import { insertException, insertHours } from './store/hours-rows.ts'

/** The demo's timetables begin with its data set. */
const since = '2024-01-01'
const aheadDays = 3
const allKinds: AppointmentKind[] = ['in_person', 'remote_advice', 'remote_examination']

/** The two of the cast who play at the story's station. */
const storyStaff = new Set(['nurse', 'stationDoctor'])
const hospitalStaff = new Set(['districtSpecialist', 'provincialSpecialist', 'dutyLead'])

/** Timetables of the pilot stations and of the cast. Demo only. */
export async function seed(platform: Platform): Promise<void> {
  if (!platform.config.DEMO || platform.config.production) return
  await seedOnce(platform, 'scheduling.hours', async (work) => {
    const cast = new Map(castStaff.map((member) => [demoPersonId(member.key), member.castKey as string]))
    const stations = await demoStations(work)
    for (const worker of await staffAt(
      work.tx,
      stations.map((station) => station.id),
    )) {
      const story = storyStaff.has(cast.get(worker.personId) ?? '')
      await openHours(work, worker, story ? castStationHours : (stationHours[worker.qualificationCode] ?? []))
    }
    for (const member of castStaff.filter(({ castKey }) => hospitalStaff.has(castKey))) {
      await openHours(
        work,
        { personId: demoPersonId(member.key), facilityId: facilityIdOf(member.facilityKey) },
        hospitalHours,
      )
    }
  })
}

/** Stations of the pilot, and those of the cast. */
const demoStations = ({ tx }: Work) =>
  pilotStations(tx, {
    keys: Object.values(castCitizens).map((citizen) => citizen.facilityKey),
    types: ['commune_station', 'station_site'],
  })

async function openHours(
  work: Work,
  worker: { personId: string; facilityId: string },
  timetable: readonly DemoHours[],
): Promise<void> {
  for (const { weekdays, from, to, slotMinutes, kinds } of timetable) {
    for (const weekday of weekdays) {
      await insertHours(
        work.tx,
        {
          id: stableId(`scheduling demo ${worker.personId} ${weekday} ${from}`),
          practitionerId: worker.personId,
          facilityId: worker.facilityId,
          weekday,
          fromMinute: minutesOf(from),
          toMinute: minutesOf(to),
          slotMinutes,
          kinds: [...kinds],
          validFrom: since,
          validTo: null,
        },
        null,
      )
    }
  }
}

/** Today and the days after it: the story's station is open round the clock, and people have appointments. */
export async function seedDemo(platform: Platform): Promise<void> {
  await platform.transact(
    systemActor,
    async (work) => {
      await openNights(work)
      await seedAppointments(work, await demoStations(work))
    },
    'seed scheduling.demo',
  )
}

async function openNights(work: Work): Promise<void> {
  const today = localDateOf(work.now)
  for (const member of castStaff.filter(({ castKey }) => storyStaff.has(castKey))) {
    for (const day of Array.from({ length: aheadDays }, (_, index) => addDays(today, index))) {
      for (const { from, to, slotMinutes } of castNightHours) {
        await insertException(
          work.tx,
          {
            id: stableId(`scheduling demo night ${member.key} ${day} ${from}`),
            practitionerId: demoPersonId(member.key),
            facilityId: facilityIdOf(member.facilityKey),
            effect: 'extra',
            fromDay: day,
            toDay: day,
            fromMinute: minutesOf(from),
            toMinute: minutesOf(to),
            slotMinutes,
            kinds: allKinds,
            reason: 'Trực ngoài giờ (dữ liệu mẫu)',
          },
          null,
        )
      }
    }
  }
}
