import { sql } from 'kysely'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { plannableUnit } from './read-roster.ts'

interface Counts {
  found: number
  copied: number
}

/**
 * Copies the shifts that begin in one week to another. What would overlap, or whose person left, stays out and is
 * counted.
 */
export async function copyWeek(work: Work, plan: { facilityId: string; from: string; to: string }) {
  const unit = await plannableUnit(work, plan.facilityId)
  const shift = `${(Date.parse(plan.to) - Date.parse(plan.from)) / 86_400_000} days`
  const { rows } = await sql<Counts>`
    with source as (
      select * from roster.shift where facility_id = ${plan.facilityId} and removed_at is null
        and lower(during) >= ${instantOf(plan.from)} and lower(during) < ${instantOf(addDays(plan.from, 7))}
    ), copied as (
      insert into roster.shift (id, facility_id, specialty, person_id, role, rank, during, note, created_by, created_at)
      select uuidv7(), facility_id, specialty, person_id, role, rank,
        tstzrange(lower(during) + ${shift}::interval, upper(during) + ${shift}::interval), note, ${work.actor.personId},
        ${work.now}
      from source s where exists (select from identity.practitioner_card p where p.person_id = s.person_id
        and p.facility_id = s.facility_id and p.valid_until is null)
      on conflict do nothing returning 1
    ) select (select count(*)::int from source) as found, (select count(*)::int from copied) as copied`.execute(work.tx)
  const { found = 0, copied = 0 } = rows[0] ?? {}
  work.audit({
    action: 'roster.copyWeek',
    subject: 'facility',
    subjectId: unit.id,
    detail: { from: plan.from, to: plan.to, copied },
  })
  await work.live(`facility:${unit.id}`, 'roster.changed', { facilityId: unit.id })
  return { copied, leftOut: found - copied }
}
