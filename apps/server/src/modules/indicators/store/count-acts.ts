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
 * Has the rest of the transaction planned for the very units and days it asks about: one station and one province want different plans,
 * and the shared plan of a prepared statement expects a handful of acts for both.
 */
export async function planAnew(tx: Tx): Promise<void> {
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx)
}

const sides = sql`join facilities.unit f on f.id = a.facility_id left join facilities.unit c on c.id = a.counterpart_facility_id`

/** The units' rows in the days, reversals among them: a reversal has the time and the unit of what it takes back. */
function within(unitIds: readonly string[], span: Span): RawBuilder<boolean> {
  return sql<boolean>`a.facility_id = any (${unitIds}::uuid[]) and a.at >= ${vietnamMidnight(span.from)} and a.at < ${vietnamMidnight(span.to)} + interval '1 day'`
}

/** Rows of the units in the days, reversals among them. `act` joined with the types of both sides. */
export function actsOf(unitIds: readonly string[], span: Span): RawBuilder<unknown> {
  return sql`indicators.act a ${sides} where ${within(unitIds, span)}`
}

/** One filter as a condition over {@link actsOf}. */
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
 * Counts every counting row of a form in one pass over the period's acts. Acts alike are folded into one first: a quarter of a province has
 * tens of thousands of acts but few kinds and workers, and every row's filter and distinct count then runs over those few. A reversal is
 * alike with what it takes back in every column but the sign, so folding is also netting.
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
  const alike = sql`a.kind, a.self_performed, a.facility_id, a.counterpart_facility_id, a.practitioner_qualification, a.practitioner_id${people}`
  const columns = counting.map(({ filter, distinct }, i) => {
    const when = matches(filter)
    const apart = distinct ? sql`count(distinct ${sql.ref(`a.${distinct}_id`)}) filter (where ${when})` : sql`0`
    return sql`coalesce(sum(a.acts) filter (where ${when}), 0)::int as ${sql.ref(`acts_${i}`)}, ${apart} as ${sql.ref(`apart_${i}`)}`
  })
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)} from (
      select ${alike}, sum(a.sign) as acts from indicators.act a
      where ${within(unitIds, span)} and a.kind = any (${kinds}::text[]) group by ${alike} having sum(a.sign) > 0
    ) a ${sides}`.execute(tx)
  return new Map(counting.map(({ no, distinct }, i) => [no, countedOf(rows[0] ?? {}, i, distinct)]))
}

function countedOf(row: Record<string, number>, i: number, distinct: Counting['distinct']): Counted {
  const apart = Number(row[`apart_${i}`] ?? 0)
  const of = (what: Counting['distinct']): number => (what === distinct ? apart : 0)
  return {
    acts: Number(row[`acts_${i}`] ?? 0),
    facilities: of('facility'),
    practitioners: of('practitioner'),
    patients: of('patient'),
  }
}
