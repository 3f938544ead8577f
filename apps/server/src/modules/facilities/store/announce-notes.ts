import { sql } from 'kysely'
import type { announceReasons } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'

export type AnnounceReason = (typeof announceReasons)[number]

/** A unit without announced services has nothing to announce again. */
export async function noteAnnounceAgain(
  tx: Tx,
  facilityId: string,
  reason: AnnounceReason,
  since: string,
): Promise<void> {
  await sql`insert into facilities.announce_note (facility_id, reason, since)
    select ${facilityId}, ${reason}, ${since}::date
    where exists (select from facilities.tele_service where facility_id = ${facilityId}
      and (ended_on is null or ended_on > ${since}::date))
    on conflict do nothing`.execute(tx)
}

/** An announcement submitted on or after the change settles it. */
export async function settleAnnounceNotes(tx: Tx, facilityId: string, submittedOn: string): Promise<void> {
  await tx
    .deleteFrom('facilities.announce_note')
    .where('facility_id', '=', facilityId)
    .where('since', '<=', submittedOn)
    .execute()
}
