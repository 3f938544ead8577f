import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'

interface Found {
  id: string
  name: string
  title: string
  unitName: string
}

/** One letter is in half of all names. */
const shortest = 2

/** People on the staff by a part of their name. Who works where is no secret among those who call meetings. */
export async function findPeople(work: Work, q: string): Promise<Found[]> {
  if (q.length < shortest) return []
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    // from the few who are staff to their names: among all people a common name would be tens of thousands
    sql<Found>`
      with staff as materialized (select distinct on (person_id) person_id, title, facility_id
        from identity.practitioner_card where valid_until is null order by person_id, valid_from desc, facility_id)
      select p.id, p.full_name as name, staff.title, f.name as "unitName" from staff
        cross join lateral (select id, full_name from identity.person_card where id = staff.person_id offset 0) p
        join facilities.unit f on f.id = staff.facility_id
      where strpos(platform.fold(p.full_name), platform.fold(${q})) > 0
      order by p.full_name, p.id limit 20`.execute(tx),
  )
  return rows
}
