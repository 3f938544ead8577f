import type { Invitees } from '@moinha/contracts/meetings'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { InvitationTable } from './tables.ts'

export type InvitationRow = Selectable<InvitationTable>

/** Units that stood beneath areas, or were named, on a day of the map. */
const unitsOn = (
  day: RawBuilder<string>,
  wanted: { areas: RawBuilder<unknown>; types: RawBuilder<unknown>; units: RawBuilder<unknown> },
) => sql`
  select below.facility_id from facilities.tree_path root
    join facilities.tree_path below on below.path <@ root.path and below.valid @> ${day}::date
    join facilities.unit u on u.id = below.facility_id
  where root.facility_id = any (${wanted.areas}) and root.valid @> ${day}::date
    and (cardinality(${wanted.types}) = 0 or u.type = any (${wanted.types}))
  union select facility_id from facilities.tree_path
  where facility_id = any (${wanted.units}) and valid @> ${day}::date`

/** How many units an invitation comes to on a day, the organiser not counted. */
export async function countUnits(
  tx: Tx,
  { invitees, day, organiserId }: { invitees: Invitees; day: string; organiserId: string },
): Promise<number> {
  const wanted = {
    areas: sql`${invitees.areaIds}::uuid[]`,
    types: sql`${invitees.areaTypes}::text[]`,
    units: sql`${invitees.unitIds}::uuid[]`,
  }
  const { rows } = await sql<{ units: number }>`select count(*)::int as units
    from (${unitsOn(sql`${day}`, wanted)}) u where u.facility_id <> ${organiserId}`.execute(tx)
  return rows[0]?.units ?? 0
}

/**
 * Brings the invited units of meetings to the map of each meeting's day. Who is no longer invited keeps the row, and
 * what was answered or attended with it.
 */
export async function resolveInvitations(tx: Tx, meetingIds: readonly string[], now: Date): Promise<void> {
  const wanted = { areas: sql.ref('m.area_ids'), types: sql.ref('m.area_types'), units: sql.ref('m.unit_ids') }
  const day = sql<string>`(m.starts_at at time zone 'Asia/Ho_Chi_Minh')`
  const invited = sql`select m.id as meeting_id, m.organiser_id, u.facility_id from meetings.meeting m
    cross join lateral (${unitsOn(day, wanted)} union select m.organiser_id) u where m.id = any (${meetingIds}::uuid[])`
  await sql`insert into meetings.invitation (meeting_id, organiser_id, facility_id) ${invited}
    on conflict (meeting_id, facility_id) do update set removed_at = null
    where invitation.removed_at is not null`.execute(tx)
  await sql`with invited as (${invited}) update meetings.invitation i set removed_at = ${now}
    where i.meeting_id = any (${meetingIds}::uuid[]) and i.removed_at is null and not exists
      (select from invited n where n.meeting_id = i.meeting_id and n.facility_id = i.facility_id)`.execute(tx)
}

/** The people invited by name to each of these meetings, and nobody else. */
export async function nameInvited(
  tx: Tx,
  meetings: readonly { id: string; organiser_id: string }[],
  personIds: readonly string[],
): Promise<void> {
  const ids = meetings.map((meeting) => meeting.id)
  await sql`delete from meetings.named_person where meeting_id = any (${ids}::uuid[])
    and person_id <> all (${[...personIds]}::uuid[])`.execute(tx)
  await sql`insert into meetings.named_person (meeting_id, organiser_id, person_id)
    select m.id, m.organiser_id, p from meetings.meeting m cross join unnest(${[...new Set(personIds)]}::uuid[]) p
    where m.id = any (${ids}::uuid[]) on conflict do nothing`.execute(tx)
}

/** Invitations that stand, with the names of their units, the organiser's among them. */
export async function invitationsOf(
  tx: Tx,
  meetingId: string,
): Promise<(InvitationRow & { name: string; path: string })[]> {
  return tx
    .selectFrom('meetings.invitation as i')
    .innerJoin('facilities.unit as f', 'f.id', 'i.facility_id')
    .leftJoin('facilities.current_path as p', 'p.facility_id', 'i.facility_id')
    .selectAll('i')
    .select(['f.name', sql<string>`coalesce(p.path::text, '')`.as('path')])
    .where('i.meeting_id', '=', meetingId)
    .where('i.removed_at', 'is', null)
    .orderBy('f.name')
    .orderBy('f.id')
    .execute()
}

/** How a unit was there. */
type Settled = { facility_id: string } & {
  [K in 'attended' | 'late' | 'joined_at' | 'left_at' | 'seconds_present']: InvitationRow[K]
}

/** Writes down how each unit was there, of three hundred units as of three in one statement. */
export async function settleInvitations(tx: Tx, meetingId: string, rows: readonly Settled[]): Promise<void> {
  const all = <K extends keyof Settled>(name: K): Settled[K][] => rows.map((row) => row[name])
  await sql`
    update meetings.invitation i
      set attended = s.attended, late = s.late, joined_at = s.joined_at, left_at = s.left_at,
        seconds_present = s.seconds_present
      from unnest(
        ${all('facility_id')}::uuid[], ${all('attended')}::boolean[], ${all('late')}::boolean[],
        ${all('joined_at')}::timestamptz[], ${all('left_at')}::timestamptz[], ${all('seconds_present')}::int[]
      ) as s (facility_id, attended, late, joined_at, left_at, seconds_present)
      where i.meeting_id = ${meetingId} and i.facility_id = s.facility_id`.execute(tx)
}

/** Who was invited by name. */
export async function namedPeople(tx: Tx, meetingId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .selectFrom('meetings.named_person as n')
    .leftJoin('identity.person_card as p', 'p.id', 'n.person_id')
    .select(['n.person_id as id', sql<string>`coalesce(p.full_name, '')`.as('name')])
    .where('n.meeting_id', '=', meetingId)
    .orderBy('p.full_name')
    .execute()
}
