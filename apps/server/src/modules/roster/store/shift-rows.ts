import type { Presence, Shift, ShiftRole } from '@moinha/contracts/roster'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export interface ShiftRow {
  id: string
  facility_id: string
  specialty: string | null
  person_id: string
  full_name: string
  role: ShiftRole
  rank: number
  starts_at: Date
  ends_at: Date
  note: string
  version: number
  presence: Presence
}

/** Shifts that touch a stretch of time, in the order they are rung, with everybody's presence. One query. */
export async function shiftsDuring(
  tx: Tx,
  at: { facilityId: string; from: Date; to: Date; now: Date },
): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    select s.id, s.facility_id, s.specialty, s.person_id, p.full_name, s.role, s.rank, lower(s.during) as starts_at,
      upper(s.during) as ends_at,
      s.note, s.version, roster.presence_of(s.person_id, ${at.now}) as presence
    from roster.shift s join identity.person_card p on p.id = s.person_id
    where s.facility_id = ${at.facilityId} and s.removed_at is null and s.during && tstzrange(${at.from}, ${at.to})
    order by s.specialty nulls first, (s.role = 'backup'), s.rank, lower(s.during), s.id`.execute(tx)
  return rows
}

/** One live shift. */
export async function shiftById(tx: Tx, id: string, now: Date): Promise<ShiftRow | undefined> {
  const { rows } = await sql<ShiftRow>`
    select s.id, s.facility_id, s.specialty, s.person_id, p.full_name, s.role, s.rank, lower(s.during) as starts_at,
      upper(s.during) as ends_at,
      s.note, s.version, roster.presence_of(s.person_id, ${now}) as presence
    from roster.shift s join identity.person_card p on p.id = s.person_id where s.id = ${id}
      and s.removed_at is null`.execute(tx)
  return rows[0]
}

/** The shift as the contract tells it. */
export function toShift(row: ShiftRow): Shift {
  return {
    id: row.id,
    facilityId: row.facility_id,
    specialty: row.specialty,
    personId: row.person_id,
    fullName: row.full_name,
    role: row.role,
    rank: row.rank,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    note: row.note,
    version: row.version,
    presence: row.presence,
  }
}

/** `[from, to)` as PostgreSQL writes it. */
export const rangeOf = (from: Date, to: Date): string => `[${from.toISOString()},${to.toISOString()})`
