import type { Urgency } from '@moinha/contracts/consults'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

interface WaitRow {
  facilityId: string
  urgency: Urgency
  waitSeconds: number
  own: boolean
}

/** How long a doctor of each hospital is rung: its own setting, else the default. */
export async function waitsOf(tx: Tx, facilityIds: readonly string[]): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    select f.id as "facilityId", d.urgency, coalesce(o.wait_seconds, d.wait_seconds) as "waitSeconds",
      o.wait_seconds is not null as own
    from unnest(${[...facilityIds]}::uuid[]) as f(id) cross join consults.escalation_policy d
    left join consults.escalation_policy o on o.facility_id = f.id and o.urgency = d.urgency
    where d.facility_id is null order by d.urgency desc`.execute(tx)
  return rows
}

/** How long a doctor of this hospital is rung for a case of this urgency. The policy's defaults cannot be deleted. */
export async function waitOf(tx: Tx, facilityId: string, urgency: Urgency): Promise<number> {
  const wait = (await waitsOf(tx, [facilityId])).find((line) => line.urgency === urgency)
  if (!wait) throw new Error(`the escalation policy has no default for ${urgency}`)
  return wait.waitSeconds
}

export async function keepWait(
  tx: Tx,
  wait: { facilityId: string; urgency: Urgency; waitSeconds: number; by: string | null; at: Date },
): Promise<void> {
  await sql`insert into consults.escalation_policy (facility_id, urgency, wait_seconds, changed_at, changed_by)
    values (${wait.facilityId}, ${wait.urgency}, ${wait.waitSeconds}, ${wait.at}, ${wait.by})
    on conflict (coalesce(facility_id, '00000000-0000-0000-0000-000000000000'), urgency)
    do update set wait_seconds = excluded.wait_seconds, changed_at = excluded.changed_at,
    changed_by = excluded.changed_by`.execute(tx)
}
