import { sql } from 'kysely'
import type { FacilityProfile } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'

type Named = FacilityProfile['parents'][number]
type Kin = FacilityProfile['successors'][number]
type Own = Omit<FacilityProfile, 'services' | 'parents' | 'predecessors' | 'successors'>

/** What nobody has verified, or the demo assumes, is shown as pending. */
export const pendingOf = sql<boolean>`(coalesce(f.certainty, 'U') = 'U' or coalesce(f.source, '') ~* 'demo')`

/** The public profile on a day, or undefined when there is no such unit. */
export async function readProfile(tx: Tx, id: string, onDate: string): Promise<FacilityProfile | undefined> {
  const {
    rows: [own],
  } = await sql<Own>`
    select f.id, f.key, f.name, f.short_name as "shortName", f.type, f.commune_name as "communeName", f.address,
      f.phone, f.about,
      f.is_demo as "isDemo", ${pendingOf} as pending, lower(f.valid) as "validFrom", upper(f.valid) as "validTo"
    from facilities.facility f where f.id = ${id}`.execute(tx)
  if (!own) return undefined
  const services = await announcedServices(tx, id, onDate)
  const day =
    own.validTo && own.validTo <= onDate
      ? sql`${own.validTo}::date - 1`
      : own.validFrom > onDate
        ? sql`${own.validFrom}::date`
        : sql`${onDate}::date`
  const { rows: parents } = await sql<Named>`
    select a.id, a.name, a.short_name as "shortName", a.type
    from facilities.tree_path mine join facilities.tree_path above on above.path @> mine.path
      and above.path <> mine.path and above.valid @> (${day})
    join facilities.facility a on a.id = above.facility_id
    where mine.facility_id = ${id} and mine.valid @> (${day}) order by nlevel(above.path)`.execute(tx)
  return {
    ...own,
    services,
    parents,
    predecessors: await kin(tx, id, 'predecessor'),
    successors: await kin(tx, id, 'successor'),
  }
}

async function announcedServices(tx: Tx, id: string, onDate: string): Promise<FacilityProfile['services']> {
  const { rows } = await sql<{ service: string; allowedFrom: string }>`
    select service, min(allowed_from) as "allowedFrom" from facilities.tele_service
    where facility_id = ${id} and allowed_from <= ${onDate}::date and (ended_on is null or ended_on > ${onDate}::date)
    group by service order by service`.execute(tx)
  return rows
}

async function kin(tx: Tx, id: string, side: 'predecessor' | 'successor'): Promise<Kin[]> {
  const [mine, theirs] =
    side === 'successor' ? ['s.predecessor_id', 's.successor_id'] : ['s.successor_id', 's.predecessor_id']
  const { rows } = await sql<Kin>`
    select f.id, f.name, f.short_name as "shortName", f.type, s.kind, s.on_date as "onDate"
    from facilities.succession s join facilities.facility f on f.id = ${sql.ref(theirs ?? '')}
    where ${sql.ref(mine ?? '')} = ${id} order by s.on_date, f.name`.execute(tx)
  return rows
}
