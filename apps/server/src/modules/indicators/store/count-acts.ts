import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Counted, Filter, Formula, Population } from '../domain/formula.ts'

export interface Span {
  /** Vietnamese days, both counted. */
  from: string
  to: string
}

const vietnamMidnight = (day: string) => sql`(${day}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`

/** Acts of the units in the days. `act` joined with the types of both sides. */
export function actsOf(unitIds: readonly string[], span: Span): RawBuilder<unknown> {
  return sql`indicators.act a join facilities.facility f on f.id = a.facility_id left join facilities.facility c on c.id = a.counterpart_facility_id
    where a.taken_back_at is null and a.facility_id = any (${unitIds}::uuid[]) and a.at >= ${vietnamMidnight(span.from)} and a.at < ${vietnamMidnight(span.to)} + interval '1 day'`
}

/** One filter as a condition over {@link actsOf}. */
export function matches(filter: Filter): RawBuilder<boolean> {
  const parts = [sql<boolean>`a.kind = any (${filter.kinds}::text[])`]
  if (filter.selfPerformed !== undefined) parts.push(sql`a.self_performed = ${filter.selfPerformed}`)
  if (filter.facilityTypes) parts.push(sql`f.type = any (${filter.facilityTypes}::text[])`)
  if (filter.counterpartTypes) parts.push(sql`c.type = any (${filter.counterpartTypes}::text[])`)
  if (filter.titles) parts.push(sql`a.practitioner_title = any (${filter.titles}::text[])`)
  if (filter.exceptTitles) parts.push(sql`a.practitioner_title <> all (${filter.exceptTitles}::text[])`)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

/** Counts every counting row of a form in one pass over the period's acts. */
export async function countRows(tx: Tx, formulas: ReadonlyMap<string, Formula>, unitIds: readonly string[], span: Span): Promise<Map<string, Counted>> {
  const counting = [...formulas].flatMap(([no, formula]) => (formula.type === 'sum' ? [] : [{ no, filter: formula.filter }]))
  const columns = counting.map(({ filter }, i) => {
    const when = matches(filter)
    return sql`count(*) filter (where ${when}) as ${sql.ref(`acts_${i}`)}, count(distinct a.facility_id) filter (where ${when}) as ${sql.ref(`facilities_${i}`)},
      count(distinct a.practitioner_id) filter (where ${when}) as ${sql.ref(`practitioners_${i}`)}, count(distinct a.patient_id) filter (where ${when}) as ${sql.ref(`patients_${i}`)}`
  })
  const { rows } = await sql<Record<string, number>>`select ${sql.join(columns)} from ${actsOf(unitIds, span)}`.execute(tx)
  const row = rows[0] ?? {}
  const figure = (name: string, i: number) => row[`${name}_${i}`] ?? 0
  return new Map(counting.map(({ no }, i) => [no, {
    acts: figure('acts', i), facilities: figure('facilities', i), practitioners: figure('practitioners', i), patients: figure('patients', i),
  }]))
}

/** People living in the areas of the stations among the units, in the year; `missing` counts stations without a figure. */
export async function populationOf(tx: Tx, unitIds: readonly string[], year: number): Promise<Population> {
  const { rows } = await sql<{ people: number | null; missing: number; source: string | null }>`
    select sum(p.population) as people, count(*) filter (where p.population is null) as missing, string_agg(distinct p.source, ', ') as source
    from facilities.facility f left join facilities.population p on p.facility_id = f.id and p.year = ${year}
    where f.id = any (${unitIds}::uuid[]) and f.type = 'commune_station'`.execute(tx)
  const row = rows[0]
  return { people: row?.people ?? 0, missing: row?.missing ?? 0, source: row?.source ?? null }
}
