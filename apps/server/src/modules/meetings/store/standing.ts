import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { attendingUnits, mayOrganise, type Standing } from '../policy.ts'

interface Relation {
  organiser_path: string | null
  units: { id: string; name: string }[] | null
  oversees: boolean
  named: boolean
}

/** How the actor stands to a meeting; read past the second wall, which the meeting's own row has passed or not. */
export async function standingOf(work: Work, meeting: { id: string; organiser_id: string }): Promise<Standing> {
  const { actor } = work
  if (actor.kind === 'system') return { host: true, units: [], oversees: true, named: false }
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<Relation>`select
      (select path::text from facilities.current_path where facility_id = ${meeting.organiser_id}) as organiser_path,
      (select json_agg(json_build_object('id', f.id, 'name', f.name) order by f.name) from meetings.invitation i
        join facilities.unit f on f.id = i.facility_id where i.meeting_id = ${meeting.id} and i.removed_at is null
          and i.facility_id = any (${attendingUnits(actor)}::uuid[])) as units,
      exists (select from meetings.invitation i join facilities.current_path p on p.facility_id = i.facility_id
        where i.meeting_id = ${meeting.id} and i.removed_at is null
          and p.path <@ any (${actor.scopes('meeting.organise')}::ltree[])) as oversees,
      exists (select from meetings.named_person n
        where n.meeting_id = ${meeting.id} and n.person_id = ${actor.personId}) as named`.execute(tx),
  )
  const [found] = rows
  return {
    host: mayOrganise(actor, found?.organiser_path),
    units: found?.units ?? [],
    oversees: found?.oversees ?? false,
    named: found?.named ?? false,
  }
}
