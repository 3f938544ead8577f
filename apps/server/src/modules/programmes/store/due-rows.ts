import type { CallResult } from '@moinha/contracts/programmes'
import type { Programme as BookedProgramme } from '@moinha/contracts/scheduling'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface DueRow {
  id: string
  patient_id: string
  programme: string
  names: { vi: string; en: string }
  booking: BookedProgramme
  next_on: string
  next_names: { vi: string; en: string }
  booked_at: Date | null
  call_result: CallResult | null
  called_by: string | null
  called_at: Date | null
}

export type Which = 'late' | 'soon' | 'later'

/** What is asked of a unit's due visits; `soonUntil` is the last day that is soon. */
export interface DueQuery {
  facilityId: string
  which: Which
  programme: string | undefined
  today: string
  soonUntil: string
  after: { on: string; id: string } | undefined
  limit: number
}

const conditionOf = ({ which, today, soonUntil }: DueQuery): RawBuilder<SqlBool> =>
  ({
    late: sql<SqlBool>`e.late_on < ${today}::date`,
    soon: sql<SqlBool>`e.late_on >= ${today}::date and e.next_on <= ${soonUntil}::date`,
    later: sql<SqlBool>`e.late_on >= ${today}::date and e.next_on > ${soonUntil}::date`,
  })[which]

/** The longest waiting first, with the last call to each. */
export async function dueRows(tx: Tx, query: DueQuery): Promise<DueRow[]> {
  const { facilityId, programme = null, after, limit } = query
  const [afterOn, afterId] = [after?.on ?? null, after?.id ?? null]
  const { rows } = await sql<DueRow>`
    select e.id, e.patient_id, e.programme_code as programme, p.definition->'names' as names,
      p.definition->>'booking' as booking, e.next_on, e.next_names, e.booked_at,
      c.result as call_result, c.called_by, c.called_at
    from programmes.enrolment e
    join programmes.programme p on p.code = e.programme_code and p.version = e.programme_version
    left join lateral (select result, called_by, called_at from programmes.call_note
      where enrolment_id = e.id order by called_at desc limit 1) c on true
    where e.facility_id = ${facilityId} and e.status = 'active' and e.next_on is not null
      and ${conditionOf(query)} and (${programme}::text is null or e.programme_code = ${programme})
      and (${afterOn}::date is null or (e.next_on, e.id) > (${afterOn}::date, ${afterId}::uuid))
    order by e.next_on, e.id limit ${limit}`.execute(tx)
  return rows
}

/** How many there are of each, of one unit. */
export async function dueCounts(tx: Tx, query: Omit<DueQuery, 'which' | 'after' | 'limit'>) {
  const { facilityId, programme = null, today, soonUntil } = query
  const { rows } = await sql<Record<Which, number>>`
    select count(*) filter (where late_on < ${today}::date)::int as late,
      count(*) filter (where late_on >= ${today}::date and next_on <= ${soonUntil}::date)::int as soon,
      count(*) filter (where late_on >= ${today}::date and next_on > ${soonUntil}::date)::int as later
    from programmes.enrolment
    where facility_id = ${facilityId} and status = 'active' and next_on is not null
      and (${programme}::text is null or programme_code = ${programme})`.execute(tx)
  return rows[0] ?? { late: 0, soon: 0, later: 0 }
}
