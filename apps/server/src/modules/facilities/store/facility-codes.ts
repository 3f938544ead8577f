import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** System of the five characters by which insurance and the national prescription system know a facility. */
const codeSystem = 'kcb'

/**
 * The facility's five-character code on a day. A unit of the demo has no real one: its own demo number stands for it,
 * `DEMO-KT-006` as `dm006`. Undefined where there is neither.
 */
export async function healthFacilityCode(tx: Tx, facilityId: string, day: string): Promise<string | undefined> {
  const { rows } = await sql<{ system: string; value: string }>`
    select system, value from facilities.identifier
    where facility_id = ${facilityId} and system in (${codeSystem}, 'demo') and valid @> ${day}::date
    order by system = ${codeSystem} desc`.execute(tx)
  const [found] = rows
  if (found?.system === codeSystem) return /^[0-9A-Za-z]{5}$/.test(found.value) ? found.value : undefined
  const number = found && /^DEMO-[A-Z]+-(\d{3})$/.exec(found.value)?.[1]
  return number && `dm${number}`
}
