import type { Worker } from '@moinha/contracts/scheduling'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export interface Hit {
  kind: 'facility' | 'worker'
  facilityId: string
  facilityName: string
  communeName: string | null
  type: string
  services: string[]
  workerCount: number
  worker: Worker | null
  /** Order of the list: rank, then name, then id. */
  rank: number
  name: string
  id: string
}

export interface SearchPlace {
  rank: number
  name: string
  id: string
}

/**
 * Places that take appointments and the people who work there; every word typed must occur, without diacritics.
 * The words as typed, one after the other, come before the same words scattered; a hit on a worker's own name before
 * one on the unit or specialty; stations before hospitals.
 */
export async function searchBookable(
  tx: Tx,
  query: { words: readonly string[]; today: string; after: SearchPlace | undefined; limit: number },
): Promise<Hit[]> {
  const patterns = sql`(select coalesce(array_agg('%' || platform.fold(word) || '%'), '{}')
    from unnest(${query.words}::text[]) word)::text[]`
  const phrase = sql`('% ' || platform.fold(${query.words.join(' ')}) || ' %')`
  const { after } = query
  const { rows } = await sql<Hit>`
    with open as (
      select h.facility_id, h.practitioner_id from scheduling.working_hours h where not isempty(h.valid)
        and (upper_inf(h.valid) or upper(h.valid) > ${query.today}::date)
      group by 1, 2
    ), worker as (
      select distinct on (s.person_id, s.facility_id) s.facility_id, s.person_id, p.full_name, s.qualification_system,
        s.qualification_code, s.title, s.degree, s.specialties, s.licence_no,
        platform.fold(p.full_name) as folded,
        platform.fold(s.title || ' ' || coalesce((select string_agg(x.name_vi || ' ' || x.name_en, ' ')
        from facilities.specialty x where x.code = any (s.specialties)), '')) as about
      from open o join identity.practitioner_card s on s.person_id = o.practitioner_id and s.facility_id = o.facility_id
        and s.valid_until is null and s.is_public
      join identity.person_card p on p.id = s.person_id order by s.person_id, s.facility_id, s.valid_from
    ), unit as (
      select f.id, f.name, f.commune_name, f.type, f.search, count(*)::int as workers,
        case when f.type in ('commune_station', 'station_site') then 0 when f.type = 'regional_clinic' then 1
        else 2 end as rank,
        (select coalesce(array_agg(distinct t.service), '{}') from facilities.announced_service t
        where t.facility_id = f.id and t.allowed_from <= ${query.today}::date
          and (t.ended_on is null or t.ended_on > ${query.today}::date)) as services
      from worker w join facilities.current_path cp on cp.facility_id = w.facility_id
        join facilities.unit f on f.id = w.facility_id
      group by f.id, f.name, f.commune_name, f.type, f.search
    ), hit as (
      select 'facility' as kind, u.id as "facilityId", u.name as "facilityName", u.commune_name as "communeName",
        u.type, u.services, u.workers as "workerCount",
        null::json as worker, u.rank + case when ' ' || u.search || ' ' like ${phrase} then 0
        else 5 end as rank, u.name, u.id::text as id
      from unit u where u.search like all (${patterns})
      union all
      select 'worker', u.id, u.name, u.commune_name, u.type, u.services, u.workers,
        json_build_object('personId', w.person_id, 'fullName', w.full_name,
          'qualification', json_build_object('system', w.qualification_system, 'code', w.qualification_code, 'display',
          w.title), 'title', w.title, 'degree', w.degree, 'specialties', w.specialties, 'licenceNo', w.licence_no),
        u.rank + case when ' ' || w.folded || ' ' like ${phrase} then 0 when w.folded like all (${patterns}) then 5
        else 10 end, w.full_name, w.person_id::text || u.id::text
      from worker w join unit u on u.id = w.facility_id
      where ${query.words.length} > 0 and w.folded || ' ' || w.about || ' ' || u.search like all (${patterns})
    )
    select * from hit ${after ? sql`where (rank, name, id) > (${after.rank}::int, ${after.name}, ${after.id})` : sql``}
    order by rank, name, id limit ${query.limit}`.execute(tx)
  return rows
}
