import { sql } from 'kysely'
import type { remoteServices } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'

interface Asked {
  facilityId: string
  service: (typeof remoteServices)[number]
  day: string
}

/** Might the unit offer the remote service on that day (Decree 96/2023/NĐ-CP Art. 87(2)-(3), REQ-TELE-02)? */
export async function announcedOn(tx: Tx, { facilityId, service, day }: Asked): Promise<boolean> {
  const { rows } = await sql`select from facilities.announced_service where facility_id = ${facilityId}
    and service = ${service} and allowed_from <= ${day}::date and (ended_on is null or ended_on > ${day}::date)
    limit 1`.execute(tx)
  return rows.length > 0
}
