import type { Presence } from '@moinha/contracts/roster'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

/** Somebody the roster names for a moment. */
export interface Duty {
  personId: string
  shiftId: string
  role: 'on_duty' | 'backup' | 'lead'
  rank: number
  presence: Presence
}

/** Who is on duty for a specialty at a unit, in the order of the roster: those on duty, then backups. */
export async function onDuty(work: Work, at: { facilityId: string; specialty: string; at: Date }): Promise<Duty[]> {
  return dutyAt(work, at)
}

/** The duty leads of a unit at a moment. */
export async function dutyLeads(work: Work, at: { facilityId: string; at: Date }): Promise<Duty[]> {
  return dutyAt(work, { ...at, specialty: null })
}

async function dutyAt(
  { tx, now }: Work,
  at: { facilityId: string; specialty: string | null; at: Date },
): Promise<Duty[]> {
  const { rows } = await sql<Duty>`
    select s.person_id as "personId", s.id as "shiftId", s.role, s.rank,
      roster.presence_of(s.person_id, ${now}) as presence
    from roster.shift s
    where s.facility_id = ${at.facilityId} and s.specialty is not distinct from ${at.specialty} and s.removed_at is null
      and s.during @> ${at.at}::timestamptz
    order by (s.role = 'backup'), s.rank, s.id`.execute(tx)
  return rows
}

/** Specialties somebody is on duty for now, by unit. */
export async function specialtiesOnDuty(
  { tx, now }: Work,
  facilityIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ id: string; specialties: string[] }>`
    select facility_id as id, array_agg(distinct specialty) as specialties from roster.shift
    where facility_id = any (${[...facilityIds]}::uuid[]) and specialty is not null and removed_at is null
      and during @> ${now}::timestamptz
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.id, new Set(row.specialties)]))
}

/** How others see these people now. */
export async function presenceOf({ tx, now }: Work, personIds: readonly string[]): Promise<Map<string, Presence>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; presence: Presence }>`
    select id, roster.presence_of(id, ${now}) as presence from unnest(${[...personIds]}::uuid[]) as id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.presence]))
}
