import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { exactNumber } from '../../../platform/decimal/decimal.ts'

/** Keeps the encounter as it is until the transaction ends. */
export async function holdEncounter(tx: Tx, id: string): Promise<void> {
  await sql`select from records.encounter where id = ${id} for share`.execute(tx)
}

/** The same against others who write into it. */
export async function holdForWriting(tx: Tx, id: string): Promise<void> {
  await sql`select from records.encounter where id = ${id} for no key update`.execute(tx)
}

interface VitalRow {
  code: string
  display: string
  /** NUMERIC, as its exact text. */
  value: string
  unit: string
  takenAt: Date
}

/** The latest measurement of each kind in the encounter. */
export async function latestVitals(tx: Tx, encounterId: string) {
  const { rows } = await sql<VitalRow>`
    select distinct on (code) code, display, value, unit, taken_at as "takenAt" from records.observation
    where encounter_id = ${encounterId} and not taken_back order by code, taken_at desc`.execute(tx)
  return rows.map((row) => ({ ...row, value: exactNumber(row.value), takenAt: row.takenAt.toISOString() }))
}
