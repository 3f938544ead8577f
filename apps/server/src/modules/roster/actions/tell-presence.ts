import type { Presence } from '@moinha/contracts/roster'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

interface Told {
  person_id: string
  presence: Presence
  facility_ids: string[]
}

/**
 * Tells the person's units how they are to be seen now, if that changed since it was last told. Called by whoever
 * changed something it depends on: pages, the wish to pause, a case begun or over.
 */
export async function tellPresence(work: Work, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const { rows } = await sql<Told>`
    update roster.presence p set told = roster.presence_of(p.person_id, ${work.now})
    where p.person_id = any(${[...personIds]}::uuid[]) and p.told is distinct
      from roster.presence_of(p.person_id, ${work.now})
    returning p.person_id, p.told as presence, p.facility_ids`.execute(work.tx)
  for (const { person_id: personId, presence, facility_ids } of rows) {
    for (const facility of facility_ids)
      await work.live(`facility:${facility}`, 'presence.changed', { personId, presence })
    await work.live(`person:${personId}`, 'presence.changed', { personId, presence })
  }
}
