import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { exactNumber } from '../../../platform/decimal/decimal.ts'
import { Formula } from '../domain/formula.ts'
import './tables.ts'

export interface StoredForm {
  key: string
  nameVi: string
  nameEn: string
  source: string
  dueBeforeDay: number
  rows: StoredRow[]
}

export interface StoredRow {
  no: string
  labelVi: string
  labelEn: string
  unitText: string
  reportingUnit: string
  note: string | null
  pending: boolean
  formula: Formula
}

/** A form with its rows in printed order; formulas are data and checked when read. */
export async function findForm(tx: Tx, key: string): Promise<StoredForm | undefined> {
  const form = await tx.selectFrom('indicators.form').selectAll().where('key', '=', key).executeTakeFirst()
  if (!form) return undefined
  const rows = await tx
    .selectFrom('indicators.form_row')
    .selectAll()
    .where('form_key', '=', key)
    .orderBy('position')
    .execute()
  return {
    key,
    nameVi: form.name_vi,
    nameEn: form.name_en,
    source: form.source,
    dueBeforeDay: form.due_before_day,
    rows: rows.map((row) => ({
      no: row.no,
      labelVi: row.label_vi,
      labelEn: row.label_en,
      unitText: row.unit_text,
      reportingUnit: row.reporting_unit,
      note: row.note,
      pending: row.pending,
      formula: Formula.parse(row.formula),
    })),
  }
}

/** What a unit registered for a year, by row number. */
export async function registeredValues(
  tx: Tx,
  form: string,
  unitId: string,
  year: number,
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('indicators.registered_value')
    .select(['no', 'value'])
    .where('form_key', '=', form)
    .where('facility_id', '=', unitId)
    .where('year', '=', year)
    .execute()
  return new Map(rows.map((row) => [row.no, exactNumber(row.value)]))
}

/** Days inside the span on which the part of the tree under a unit changed. */
export async function mapChanges(tx: Tx, unitId: string, from: string, to: string): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    with mine as (select path from facilities.tree_path where facility_id = ${unitId})
    select distinct day::text from facilities.tree_path t join mine on t.path <@ mine.path
      cross join lateral (values (lower(t.valid)), (upper(t.valid))) as edge(day)
    where day > ${from}::date and day <= ${to}::date order by 1`.execute(tx)
  return rows.map((row) => row.day)
}
