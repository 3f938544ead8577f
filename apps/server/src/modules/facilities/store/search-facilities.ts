import { sql } from 'kysely'
import type { FacilityHit } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'
import type { SearchPlace } from '../domain/search-place.ts'

interface SearchQuery {
  q: string
  onDate: string
  limit: number
  after: SearchPlace | undefined
}

type Row = FacilityHit & { phrase: number; serves: number }

/** Every word of the query begins a word of the unit's names, or of the names of the units it followed. */
function matches(q: string) {
  const words = q
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
  if (words.length === 0) return sql`true`
  const of = (column: ReturnType<typeof sql.ref>) =>
    sql.join(
      words.map((word) => sql`${column} like '% ' || facilities.search_text(${word}) || '%'`),
      sql` and `,
    )
  return sql`((${of(sql.ref('f.search'))}) or exists (
    select from facilities.succession s join facilities.facility old on old.id = s.predecessor_id
    where s.successor_id = f.id and ${of(sql.ref('old.search'))}))`
}

/** Services announced on the day: they decide whether a citizen can be served there from home. */
const announcedOn = (onDate: string) => sql`
  select array_agg(distinct t.service order by t.service) as services from facilities.tele_service t
  where t.facility_id = f.id and t.allowed_from <= ${onDate}::date
    and (t.ended_on is null or t.ended_on > ${onDate}::date)`

/** Stations before centres and hospitals, and what announced nothing last: most who search want somebody near. */
const serves = sql`case when announced.services is null then 2
  when f.type in ('commune_station', 'station_site', 'regional_clinic') then 0 else 1 end`

/**
 * Units of a day by name or commune. Whole phrases first, then units that serve citizens (stations, then centres and
 * hospitals with announced services), then by name.
 */
export async function searchFacilities(tx: Tx, { q, onDate, limit, after }: SearchQuery): Promise<Row[]> {
  const beyond = after
    ? sql`(phrase, serves, name, id) > (${after.phrase}, ${after.serves}, ${after.name}, ${after.id}::uuid)`
    : sql`true`
  const { rows } = await sql<Row>`
    with hit as (
      select f.id, f.key, f.name, f.short_name as "shortName", f.type, f.commune_name as "communeName",
        parent.name as "parentName",
        coalesce(announced.services, '{}') as services,
        case when f.search like '% ' || facilities.search_text(${q}) || '%' then 0 else 1 end as phrase,
        ${serves} as serves
      from facilities.facility f
      left join facilities.placement p on p.facility_id = f.id and p.valid @> ${onDate}::date
      left join facilities.facility parent on parent.id = p.parent_id
      left join lateral (${announcedOn(onDate)}) announced on true
      where f.valid @> ${onDate}::date and f.type <> 'nation' and ${matches(q)}
    )
    select * from hit where ${beyond} order by phrase, serves, name, id limit ${limit}`.execute(tx)
  return rows
}
