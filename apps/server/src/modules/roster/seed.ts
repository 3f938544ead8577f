import { sql } from 'kysely'
import { systemActor } from '../../platform/access/actor.ts'
import { addDays, instantOf, localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { licensedStaffAt } from '../identity/index.ts'
import { planDuty, type DutyDoctor } from './domain/demo-duty.ts'

const daysBack = 7
const daysAhead = 14
/** Duty changes hands at seven in the morning. */
const changeOfShift = '07:00'

/**
 * Fills the roster from a week ago to a fortnight ahead; shifts have derived ids, so that each start only adds the
 * missing days.
 */
export async function seedRoster(platform: Platform): Promise<void> {
  await platform.transact(
    systemActor,
    async (work) => {
      const today = localDateOf(work.now)
      const { rows } = await sql<{
        done: boolean
      }>`select exists (select from roster.shift where created_by is null and removed_at is null
      and lower(during) = ${instantOf(addDays(today, daysAhead), changeOfShift)}) as done`.execute(work.tx)
      if (rows[0]?.done) return
      const doctors = await licensedStaffAt(work.tx, hospitals)
      for (let day = -daysBack; day <= daysAhead; day += 1) await fillDay(work, addDays(today, day), doctors)
    },
    'seed roster',
  )
}

const hospitals = ['regional_hospital', 'provincial_hospital', 'specialty_hospital', 'health_centre']

async function fillDay({ tx, now }: Work, date: string, doctors: readonly DutyDoctor[]): Promise<void> {
  const duties = planDuty(doctors, Math.round(Date.parse(date) / 86_400_000))
  const [from, to] = [instantOf(date, changeOfShift), instantOf(addDays(date, 1), changeOfShift)]
  // ids derived from the shift, in the shape of RFC 9562 version 8
  await sql`insert into roster.shift (id, facility_id, specialty, person_id, role, rank, during, created_at)
    select overlay(overlay(md5('shift:' || ${date} || ':' || facility_id || ':' || coalesce(specialty,
      'lead') || ':' || person_id) placing '8' from 13) placing 'a' from 17)::uuid, facility_id, specialty, person_id,
      role, rank,
      tstzrange(${from}, ${to}), ${now}
    from jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as d(facility_id uuid, specialty text, person_id uuid,
      role text, rank int)
    on conflict do nothing`.execute(tx)
}
