import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf } from '../facilities/index.ts'
import { castCitizens, demoPersonId } from '../identity/index.ts'
import { ensurePatient } from './actions/ensure-patient.ts'

/** Reference lists for every installation; in the demo also the patients of the cast. */
export async function seed(platform: Platform): Promise<void> {
  await seedOnce(platform, 'records.lists', loadLists)
  if (platform.config.DEMO && !platform.config.production) await seedOnce(platform, 'records.cast', loadCast)
}

function rowsOf<Column extends string>(file: string): Record<Column, string>[] {
  return parse(readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8').normalize('NFC'), {
    bom: true,
    columns: true,
    trim: true,
    skip_empty_lines: true,
  })
}

async function loadLists({ tx }: Work): Promise<void> {
  const codes = rowsOf<'code' | 'name_vi' | 'name_en'>('icd10-common.csv')
  await tx
    .insertInto('records.icd10')
    .values(codes)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const diseases = rowsOf<'position' | 'no' | 'name_vi' | 'icd10' | 'specialty' | 'status' | 'certainty' | 'note'>(
    'diseases-tt30-2023.csv',
  )
  await tx
    .insertInto('records.tele_allowed_icd')
    .values(
      diseases.map((row) => ({
        position: Number(row.position),
        no: row.no === '' ? null : Number(row.no),
        name_vi: row.name_vi,
        patterns: row.icd10.split(/;\s*/),
        specialty: row.specialty,
        // whatever is not plainly verified is pending
        status: row.status === 'verified' ? ('verified' as const) : ('pending' as const),
        certainty: row.certainty,
        note: row.note,
        enabled_by: null,
        enabled_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The cast and their families are patients of their stations. */
async function loadCast(work: Work): Promise<void> {
  for (const citizen of Object.values(castCitizens)) {
    const homeFacilityId = facilityIdOf(citizen.facilityKey)
    for (const person of [citizen, ...citizen.family])
      await ensurePatient(work, demoPersonId(person.key), { homeFacilityId })
  }
}
