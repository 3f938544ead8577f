import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { SheetName, SheetRow, Sheets } from '../domain/sheets.ts'

const dates = sql`case when lower(x.valid) = '1900-01-01' then '' else lower(x.valid)::text end as valid_from,
  coalesce(upper(x.valid)::text, '') as valid_to`
const marks = sql`coalesce(x.source, '') as source, coalesce(x.certainty, '') as certainty`

/** The network as sheets: all of it, or what belongs to some units. */
export async function readSheets(tx: Tx, ids?: readonly string[]): Promise<Sheets> {
  const among = (column: string) => (ids ? sql`${sql.ref(column)} = any (${`{${ids.join(',')}}`}::uuid[])` : sql`true`)
  const rows = async (query: ReturnType<typeof sql<SheetRow>>) => (await query.execute(tx)).rows
  const sheets: Record<SheetName, SheetRow[]> = { units: [], placements: [], support_links: [], identifiers: [] }
  sheets.units = await rows(sql<SheetRow>`
    select x.key, x.name, x.short_name, x.type, coalesce(x.commune_name, '') as commune_name,
      coalesce(x.address, '') as address, coalesce(x.phone, '') as phone,
      coalesce(x.about, '') as about, ${dates}, ${marks}, coalesce(x.note, '') as note from facilities.facility x
      where ${among('x.id')} order by x.key`)
  sheets.placements = await rows(sql<SheetRow>`
    select f.key, coalesce(parent.key, '') as parent_key, ${dates}, ${marks} from facilities.placement x
      join facilities.facility f on f.id = x.facility_id
    left join facilities.facility parent on parent.id = x.parent_id where ${among('x.facility_id')}
      order by f.key, lower(x.valid)`)
  sheets.support_links = await rows(sql<SheetRow>`
    select a.key as from_key, b.key as to_key, coalesce(x.specialty, '') as specialty, x.phase, x.rank::text as rank,
      x.role, ${dates}, ${marks}
    from facilities.support_link x join facilities.facility a on a.id = x.from_id
      join facilities.facility b on b.id = x.to_id
    where ${among('x.from_id')} order by a.key, lower(x.valid), x.specialty nulls first, x.rank, b.key`)
  sheets.identifiers = await rows(sql<SheetRow>`
    select f.key, x.system, x.value, ${dates}, coalesce(x.source, '') as source from facilities.identifier x
      join facilities.facility f on f.id = x.facility_id
    where ${among('x.facility_id')} order by f.key, x.system, lower(x.valid)`)
  return sheets
}

/** Ids of every unit that ever lay beneath the root. */
export async function everBeneath(tx: Tx, rootId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct below.facility_id as id from facilities.tree_path root
      join facilities.tree_path below on below.path <@ root.path and below.valid && root.valid
    where root.facility_id = ${rootId}`.execute(tx)
  return rows.map((row) => row.id)
}
