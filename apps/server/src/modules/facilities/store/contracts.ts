import { sql } from 'kysely'
import { contractTerms, type contractKinds, type TeleContract } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'

/** Contracts of a unit, as either side, newest first. */
export async function contractsOf(tx: Tx, facilityId: string): Promise<TeleContract[]> {
  const { rows } = await sql<TeleContract>`
    select c.id, c.kind, c.facility_id as "facilityId", a.name as "facilityName", c.partner_id as "partnerId",
      b.name as "partnerName", c.number, c.terms, c.valid_from as "from", c.valid_until as "until"
    from facilities.tele_contract c join facilities.facility a on a.id = c.facility_id
      join facilities.facility b on b.id = c.partner_id
    where c.facility_id = ${facilityId} or c.partner_id = ${facilityId}
    order by c.valid_from desc, c.id`.execute(tx)
  return rows
}

interface Asked {
  facilityId: string
  kind: (typeof contractKinds)[number]
  day: string
}

/**
 * Was a contract of this kind in force for the unit, as either side, on that day? One that lacks a part of the minimum
 * content (Decree 96/2023/NĐ-CP Art. 87(11)) is none yet.
 */
export async function contractOn(tx: Tx, asked: Asked): Promise<'in_force' | 'incomplete' | 'none'> {
  const { facilityId, kind, day } = asked
  const { rows } = await sql<{ whole: boolean | null }>`
    select bool_or(terms @> ${[...contractTerms]}::text[]) as whole from facilities.tele_contract
    where (facility_id = ${facilityId} or partner_id = ${facilityId}) and kind = ${kind}
      and daterange(valid_from, valid_until) @> ${day}::date`.execute(tx)
  const whole = rows[0]?.whole ?? null
  if (whole === null) return 'none'
  return whole ? 'in_force' : 'incomplete'
}
