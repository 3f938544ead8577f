import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Counted, Filter, Formula } from '../domain/formula.ts'

export interface Span {
  /** Vietnamese days, both counted. */
  from: string
  to: string
}

const vietnamMidnight = (day: string) => sql`(${day}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`

/**
 * Has the rest of the transaction planned for the very units and days it asks about: one station and one province want
 * different plans, and the shared plan of a prepared statement expects a handful of activities for both.
 */
export async function forceCustomPlan(tx: Tx): Promise<void> {
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx)
}

const sides = sql`join facilities.unit f on f.id = a.facility_id left
  join facilities.unit c on c.id = a.counterpart_facility_id`

/** The units' rows in the days, reversals among them: a reversal has the time and the unit of what it takes back. */
export function inPeriod(unitIds: readonly string[], span: Span): RawBuilder<boolean> {
  return sql<boolean>`a.facility_id = any (${unitIds}::uuid[]) and a.at >= ${vietnamMidnight(span.from)}
    and a.at < ${vietnamMidnight(span.to)} + interval '1 day'`
}

/** Rows of the units in the days, reversals among them. `activity` joined with the types of both sides. */
export function activitiesOf(unitIds: readonly string[], span: Span): RawBuilder<unknown> {
  return sql`indicators.activity a ${sides} where ${inPeriod(unitIds, span)}`
}

/** One filter as a condition over {@link activitiesOf}. */
export function matches(filter: Filter): RawBuilder<boolean> {
  const parts = [sql<boolean>`a.kind = any (${filter.kinds}::text[])`]
  if (filter.selfPerformed !== undefined) parts.push(sql`a.self_performed = ${filter.selfPerformed}`)
  if (filter.facilityTypes) parts.push(sql`f.type = any (${filter.facilityTypes}::text[])`)
  if (filter.counterpartTypes) parts.push(sql`c.type = any (${filter.counterpartTypes}::text[])`)
  if (filter.qualifications) parts.push(sql`a.practitioner_qualification = any (${filter.qualifications}::text[])`)
  if (filter.exceptQualifications)
    parts.push(sql`a.practitioner_qualification <> all (${filter.exceptQualifications}::text[])`)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

interface Counting {
  no: string
  filter: Filter
  distinct: 'facility' | 'practitioner' | 'patient' | null
}

function countingRows(formulas: ReadonlyMap<string, Formula>): Counting[] {
  return [...formulas].flatMap(([no, formula]) =>
    formula.type === 'sum'
      ? []
      : [{ no, filter: formula.filter, distinct: formula.type === 'distinct' ? formula.of : null }],
  )
}

/**
 * Counts every counting row of a form in one pass over the period's activities. Activities alike are folded into one
 * first: a quarter of a province has tens of thousands of activities but few kinds and workers, and every row's filter
 * and distinct count then runs over those few. A reversal is alike with what it takes back in every column but the
 * sign, so folding is also netting.
 */
export async function countRows(
  tx: Tx,
  formulas: ReadonlyMap<string, Formula>,
  unitIds: readonly string[],
  span: Span,
): Promise<Map<string, Counted>> {
  const counting = countingRows(formulas)
  const kinds = [...new Set(counting.flatMap(({ filter }) => filter.kinds))]
  const people = counting.some(({ distinct }) => distinct === 'patient') ? sql`, a.patient_id` : sql``
  const groupKey = sql`a.kind, a.self_performed, a.facility_id, a.counterpart_facility_id, a.practitioner_qualification,
    a.practitioner_id${people}`
  const columns = counting.map(({ filter, distinct }, i) => {
    const when = matches(filter)
    const distinctCount = distinct ? sql`count(distinct ${sql.ref(`a.${distinct}_id`)}) filter (where ${when})` : sql`0`
    return sql`coalesce(sum(a.activities) filter (where ${when}), 0)::int as ${sql.ref(`activities_${i}`)},
      ${distinctCount} as ${sql.ref(`distinct_${i}`)}`
  })
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)} from (
      select ${groupKey}, sum(a.sign) as activities from indicators.activity a
      where ${inPeriod(unitIds, span)} and a.kind = any (${kinds}::text[]) group by ${groupKey} having sum(a.sign) > 0
    ) a ${sides}`.execute(tx)
  return new Map(counting.map(({ no, distinct }, i) => [no, countedOf(rows[0] ?? {}, i, distinct)]))
}

function countedOf(row: Record<string, number>, i: number, distinct: Counting['distinct']): Counted {
  const distinctCount = Number(row[`distinct_${i}`] ?? 0)
  const of = (what: Counting['distinct']): number => (what === distinct ? distinctCount : 0)
  return {
    activities: Number(row[`activities_${i}`] ?? 0),
    facilities: of('facility'),
    practitioners: of('practitioner'),
    patients: of('patient'),
  }
}
