import { sql } from 'kysely'
import type { FacilityUnit, SupportLink } from '@moinha/contracts/facilities'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { mayManage, mayMove } from '../policy.ts'
import { contractsOf } from './contracts.ts'
import { readProfile } from './read-profile.ts'
import { unitPlace } from './unit-place.ts'

/** A unit with all its dated facts, or undefined. */
export async function readUnit(tx: Tx, actor: Actor, id: string, onDate: string): Promise<FacilityUnit | undefined> {
  const profile = await readProfile(tx, id, onDate)
  const place = await unitPlace(tx, id, onDate)
  if (!profile || !place) return undefined
  const own = await tx
    .selectFrom('facilities.facility')
    .where('id', '=', id)
    .select(['source', 'certainty', 'note', 'version'])
    .executeTakeFirstOrThrow()
  const facts = await readFacts(tx, id, onDate)
  const rights = {
    mayManage: mayManage(actor, place.path),
    mayMove: mayMove(actor, { from: above(place.path), to: above(place.path) }),
  }
  return {
    ...profile,
    ...own,
    ...facts,
    ...rights,
    contracts: await contractsOf(tx, id),
    asks: await readLinks(tx, 'l.from_id', id),
    isAskedBy: await readLinks(tx, 'l.to_id', id),
  }
}

/** Path of the node above; null above the root. */
const above = (path: string | null): string | null =>
  path?.includes('.') ? path.slice(0, path.lastIndexOf('.')) : null

type Facts = Pick<FacilityUnit, 'placements' | 'identifiers' | 'services' | 'announceAgain' | 'populations' | 'beneath'>

const placementsOf = (id: string) => sql`
  select coalesce(json_agg(json_build_object('parentId', p.parent_id, 'parentName', f.name,
    'from', lower(p.valid), 'to', upper(p.valid)) order by lower(p.valid) desc), '[]')
  from facilities.placement p left join facilities.facility f on f.id = p.parent_id where p.facility_id = ${id}`

const identifiersOf = (id: string) => sql`
  select coalesce(json_agg(json_build_object('id', i.id, 'system', i.system, 'value', i.value,
    'from', lower(i.valid), 'to', upper(i.valid), 'source', i.source) order by i.system, lower(i.valid) desc), '[]')
  from facilities.identifier i where i.facility_id = ${id}`

const servicesOf = (id: string) => sql`
  select coalesce(json_agg(json_build_object('id', t.id, 'service', t.service, 'submittedOn', t.submitted_on,
    'publishedOn', t.published_on, 'endedOn', t.ended_on, 'allowedFrom', t.allowed_from)
    order by t.service, t.submitted_on desc), '[]')
  from facilities.tele_service t where t.facility_id = ${id}`

const announceNotesOf = (id: string) => sql`
  select coalesce(json_agg(json_build_object('reason', n.reason, 'since', n.since) order by n.since), '[]')
  from facilities.announce_note n where n.facility_id = ${id}`

const populationsOf = (id: string) => sql`
  select coalesce(json_agg(json_build_object('year', y.year, 'population', y.population,
    'population16Plus', y.population_16_plus, 'source', y.source) order by y.year desc), '[]')
  from facilities.population y where y.facility_id = ${id}`

/** The short lists of a unit in one question: one round trip instead of six. */
async function readFacts(tx: Tx, id: string, onDate: string): Promise<Facts> {
  const {
    rows: [facts],
  } = await sql<Facts>`
    select (${placementsOf(id)}) as placements, (${identifiersOf(id)}) as identifiers, (${servicesOf(id)}) as services,
      (${announceNotesOf(id)}) as "announceAgain", (${populationsOf(id)}) as populations,
      (select count(*)::int from facilities.placement c
        where c.parent_id = ${id} and c.valid @> ${onDate}::date) as beneath`.execute(tx)
  if (!facts) throw new Error('a select without from always answers')
  return facts
}

async function readLinks(tx: Tx, side: 'l.from_id' | 'l.to_id', id: string): Promise<SupportLink[]> {
  const { rows } = await sql<SupportLink>`
    select l.id, l.from_id as "fromId", a.name as "fromName", l.to_id as "toId", b.name as "toName", l.specialty,
      l.phase, l.rank, l.role,
      lower(l.valid) as from, upper(l.valid) as to, l.source, (coalesce(l.certainty, 'U') = 'U') as pending, l.version
    from facilities.support_link l join facilities.facility a on a.id = l.from_id
      join facilities.facility b on b.id = l.to_id
    where ${sql.ref(side)} = ${id} order by upper(l.valid) desc nulls first, l.specialty nulls first, l.rank,
      lower(l.valid) desc, a.name, b.name`.execute(tx)
  return rows
}
