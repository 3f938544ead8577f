import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import './tables.ts'

/** Readers of each message who are at home in its area; counted as the system, no person leaves. */
export async function countReaders(work: Work, messageIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<{ id: string; readers: number }>`
    select m.id, count(*)::int as readers from news.message m
      join facilities.current_path area on area.facility_id = m.area_id
    join news.read_mark r on r.message_id = m.id join records.patient_card p on p.id = r.person_id
    join facilities.current_path home on home.facility_id = p.home_facility_id and home.path <@ area.path
    where m.id = any (${messageIds}::uuid[]) group by m.id`.execute(tx),
  )
  return new Map(rows.map((row) => [row.id, row.readers]))
}

interface ProofRow {
  id: string
  name: string
  recipients: number
  readers: number
}

/**
 * Recipients and readers by the units directly beneath the area; people of the area's own unit stand under its name.
 */
export async function proofByUnit(work: Work, message: { id: string; area_id: string }): Promise<ProofRow[]> {
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<ProofRow>`
    with area as (select path from facilities.current_path where facility_id = ${message.area_id}),
    home as (
      select below.facility_id, branch.facility_id as branch from area
        join facilities.current_path below on below.path <@ area.path
      join facilities.current_path branch on branch.path = subpath(below.path, 0,
        least(nlevel(below.path), nlevel(area.path) + 1))
    )
    select b.id, b.name, count(*)::int as recipients, count(r.person_id)::int as readers
    from home join records.patient_card p on p.home_facility_id = home.facility_id
      join facilities.unit b on b.id = home.branch
    left join news.read_mark r on r.message_id = ${message.id} and r.person_id = p.id
    group by b.id, b.name order by recipients desc, b.name`.execute(tx),
  )
  return rows
}
