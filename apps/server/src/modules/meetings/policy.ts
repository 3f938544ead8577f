import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '../../platform/access/actor.ts'

/** How the actor stands to a meeting. */
export interface Standing {
  /** Organises at the unit in whose name it is, or above it. */
  host: boolean
  /** Invited units at which the actor works, as the actor may enter for them. */
  units: readonly { id: string; name: string }[]
  /** Organises above a unit that is invited: sees that unit's part. */
  oversees: boolean
  named: boolean
}

/** The very units at which the actor attends meetings. */
export const attendingUnits = (actor: Actor): string[] =>
  actor.grants.filter((grant) => grant.permissions.includes('meeting.join')).map((grant) => grant.facilityId)

/** May the actor organise in the name of a unit with this path? */
export const mayOrganise = (actor: Actor, path: string | null | undefined): boolean =>
  Boolean(path) && actor.canAt('meeting.organise', path ?? '')

/** May the actor know of the meeting? */
export const maySee = ({ host, units, oversees, named }: Standing): boolean =>
  host || oversees || named || units.length > 0

/** May the actor enter? An overseer who is not invited looks on from outside. */
export const mayEnter = ({ host, units, named }: Standing): boolean => host || named || units.length > 0

/** Units at or beneath which the actor organises, over rows with a path. */
export function organisedBy(actor: Actor, path: Expression<unknown>): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  return sql<SqlBool>`coalesce(${path} <@ any (${actor.scopes('meeting.organise')}::ltree[]), false)`
}

/** {@link maySee} over rows: the meeting is `m`. `offset 0` keeps the planner to one look for each row of a page. */
export function visibleMeetings(actor: Actor): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  return sql<SqlBool>`(
    exists (select from facilities.current_path op
      where op.facility_id = m.organiser_id and ${organisedBy(actor, sql.ref('op.path'))})
    or exists (select from meetings.invitation i left join facilities.current_path ip on ip.facility_id = i.facility_id
      where i.meeting_id = m.id and i.removed_at is null
        and (i.facility_id = any (${attendingUnits(actor)}::uuid[]) or ${organisedBy(actor, sql.ref('ip.path'))})
      offset 0)
    or exists (select from meetings.named_person n
      where n.meeting_id = m.id and n.person_id = ${actor.personId} offset 0))`
}
