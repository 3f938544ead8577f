import { sql } from 'kysely'
import type { Medicine } from '@moinha/contracts/prescriptions'
import type { Tx } from '../../../platform/db/database.ts'
import type { CatalogueMedicine } from '../domain/medicine.ts'
import type { Interaction } from '../domain/pair-findings.ts'
import type { MedicineName } from '../domain/substances.ts'
import { coversCode, type SupplyRule } from '../domain/supply.ts'
import './tables.ts'

const columns = [
  'id',
  'code',
  'inn',
  'name_vi as nameVi',
  'strength',
  'form',
  'route',
  'dose_unit as doseUnit',
  'unit',
  'dose_units_per_unit as doseUnitsPerUnit',
  'mg_per_dose_unit as mgPerDoseUnit',
  'atc',
  'class',
] as const

/** Found at once; more words find fewer. */
const mostFound = 20

/** Medicines that are in use, by any words in any order, those whose name begins so first. */
export async function findMedicines(tx: Tx, q: string): Promise<CatalogueMedicine[]> {
  const words = q.split(/\s+/).filter(Boolean).slice(0, 6)
  let query = tx.selectFrom('prescriptions.medicine').where('active', '=', true)
  for (const word of words) query = query.where(sql<boolean>`search like '%' || platform.fold(${escaped(word)}) || '%'`)
  return query
    .orderBy(sql`search like platform.fold(${escaped(words[0] ?? '')}) || '%'`, 'desc')
    .orderBy('inn')
    .orderBy('strength')
    .orderBy('id')
    .limit(mostFound)
    .select(columns)
    .execute()
}

const escaped = (word: string): string => word.replace(/[\\%_]/g, '\\$&')

export async function medicinesById(tx: Tx, ids: readonly string[]): Promise<Map<string, CatalogueMedicine>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('prescriptions.medicine')
    .where(sql<boolean>`id = any (${[...new Set(ids)]}::uuid[])`)
    .select(columns)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** What every medicine is called, also of those no longer in use: by it what people wrote is recognised. */
export async function medicineNames(tx: Tx): Promise<MedicineName[]> {
  return tx.selectFrom('prescriptions.medicine').distinct().select(['inn', 'name_vi as nameVi', 'atc']).execute()
}

/** A row of the catalogue as screens see it. */
export function medicineView(medicine: CatalogueMedicine): Medicine {
  const { doseUnitsPerUnit, mgPerDoseUnit, ...shown } = medicine
  return { ...shown, computes: doseUnitsPerUnit !== null, byWeight: mgPerDoseUnit !== null }
}

/** The pairs between classes, as far as they touch these ATC codes. */
export async function interactionsOf(tx: Tx, atcCodes: readonly string[]): Promise<Interaction[]> {
  const codes = [...new Set(atcCodes.filter(Boolean))]
  if (codes.length === 0) return []
  return tx
    .selectFrom('prescriptions.interaction')
    .where(sql<boolean>`exists (select from unnest(${codes}::text[]) c where starts_with(c, one))`)
    .where(sql<boolean>`exists (select from unnest(${codes}::text[]) c where starts_with(c, other))`)
    .select(['one', 'other', 'level', 'why_vi as whyVi', 'why_en as whyEn'])
    .execute()
}

/** The table of limits of a day. */
export async function supplyRules(tx: Tx, day: string): Promise<SupplyRule[]> {
  return tx
    .selectFrom('prescriptions.supply_rule')
    .where(sql<boolean>`valid @> ${day}::date`)
    .select(['class', 'situation', 'icd_list as icdList', 'most_days as mostDays'])
    .execute()
}

/** Lists on which one of the diagnoses stands on a day. */
export async function listsOf(tx: Tx, diagnoses: readonly { code: string }[], day: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('prescriptions.icd_list')
    .where(sql<boolean>`valid @> ${day}::date`)
    .select(['list', 'pattern'])
    .execute()
  return new Set(
    rows.filter((row) => diagnoses.some(({ code }) => coversCode(row.pattern, code))).map((row) => row.list),
  )
}

/** One setting; the migration wrote its first value. */
export async function settingOf(
  tx: Tx,
  key: 'controlled_direct_to_patient' | 'narcotic' | 'collect_within_days',
): Promise<string> {
  const row = await tx
    .selectFrom('prescriptions.setting')
    .where('key', '=', key)
    .select('value')
    .executeTakeFirstOrThrow()
  return row.value
}
