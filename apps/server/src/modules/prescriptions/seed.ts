import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import type { MedicineClass } from '@moinha/contracts/prescriptions'
import './store/tables.ts'

/** The catalogue and the pairs to begin with, for every installation: see data/README.md. */
export async function seed(platform: Platform): Promise<void> {
  await seedOnce(platform, 'prescriptions.lists', loadLists)
}

function rowsOf<Column extends string>(file: string): Record<Column, string>[] {
  return parse(readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8').normalize('NFC'), {
    bom: true,
    columns: true,
    trim: true,
    skip_empty_lines: true,
  })
}

type Column =
  | 'code'
  | 'inn'
  | 'name_vi'
  | 'strength'
  | 'form'
  | 'route'
  | 'dose_unit'
  | 'unit'
  | 'dose_units_per_unit'
  | 'mg_per_dose_unit'
  | 'atc'
  | 'class'
  | 'source'
  | 'certainty'

async function loadLists({ tx }: Work): Promise<void> {
  await tx
    .insertInto('prescriptions.medicine')
    .values(
      rowsOf<Column>('medicines.csv').map((row) => ({
        ...row,
        class: row.class as MedicineClass,
        dose_units_per_unit: row.dose_units_per_unit || null,
        mg_per_dose_unit: row.mg_per_dose_unit || null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx
    .insertInto('prescriptions.interaction')
    .values(
      rowsOf<'one' | 'other' | 'level' | 'why_vi' | 'why_en' | 'source' | 'certainty'>('interactions.csv').map(
        (row) => ({ ...row, level: row.level === 'block' ? ('block' as const) : ('warn' as const) }),
      ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
