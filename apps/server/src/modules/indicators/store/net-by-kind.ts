import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { inPeriod, type Span } from './count-activities.ts'

interface Asked {
  unitIds: readonly string[]
  kinds: readonly string[]
  span: Span
}

/** Activities of each unit by kind, what was taken back not counted; under `unit kind`. Asked as the system. */
export async function netByKind(tx: Tx, { unitIds, kinds, span }: Asked): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; activities: number }>`
    select a.facility_id::text || ' ' || a.kind as key, sum(a.sign)::int as activities from indicators.activity a
    where ${inPeriod(unitIds, span)} and a.kind = any (${kinds}::text[]) group by a.facility_id, a.kind`.execute(tx)
  return new Map(rows.map((row) => [row.key, row.activities]))
}
