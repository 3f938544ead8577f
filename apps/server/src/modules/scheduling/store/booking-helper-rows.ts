import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { registeredPatients, type PatientProof } from '../../records/index.ts'
import type { Term } from '../domain/booking-helper.ts'

export interface HelperRow extends Term {
  id: string
  facilityId: string
  facilityName: string
  personId: string
  fullName: string
  namedAt: Date
  endedAt: Date | null
}

async function select(tx: Tx, rest: RawBuilder<unknown>): Promise<HelperRow[]> {
  const { rows } = await sql<HelperRow>`
    select h.id, h.facility_id as "facilityId", f.name as "facilityName", h.person_id as "personId",
      h.full_name as "fullName",
      lower(h.days) as "fromDay", upper(h.days) - 1 as "untilDay", h.named_at as "namedAt", h.ended_at as "endedAt"
    from scheduling.booking_helper h join facilities.unit f on f.id = h.facility_id ${rest}`.execute(tx)
  return rows
}

export async function findHelper(tx: Tx, id: string): Promise<HelperRow | undefined> {
  return (await select(tx, sql`where h.id = ${id}`))[0]
}

/** Everybody a unit named, those who help now first. */
export async function helpersOf(tx: Tx, facilityId: string): Promise<HelperRow[]> {
  return select(
    tx,
    sql`where h.facility_id = ${facilityId} order by (h.ended_at is null) desc, upper(h.days) desc, h.id limit 100`,
  )
}

/** Where a person helps on this day. */
export async function helpingAt(tx: Tx, personId: string, today: string): Promise<HelperRow[]> {
  return select(
    tx,
    sql`where h.person_id = ${personId} and h.ended_at is null and h.days @> ${today}::date order by f.name, h.id
      limit 20`,
  )
}

export interface NewHelper extends Term {
  id: string
  facilityId: string
  personId: string
  fullName: string
  namedBy: string | null
}

/** False where the id is taken, or the person is named for some of these days already. */
export async function insertHelper(tx: Tx, row: NewHelper): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into scheduling.booking_helper (id, facility_id, person_id, full_name, days, named_by)
    values (${row.id}, ${row.facilityId}, ${row.personId}, ${row.fullName},
      daterange(${row.fromDay}::date, ${row.untilDay}::date, '[]'), ${row.namedBy})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function endHelperRow(tx: Tx, id: string, by: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('scheduling.booking_helper')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .set({ ended_by: by, ended_at: at })
    .execute()
}

/**
 * The one patient registered at the unit who agreed and whose number and birth date these are. Two whom it fits (twins
 * with one phone) are nobody: their own numbers tell them apart. Ask as the system.
 */
export async function agreedPatient(
  tx: Tx,
  proof: PatientProof,
): Promise<{ id: string; phone: string | null } | undefined> {
  const registered = await registeredPatients(tx, proof)
  if (registered.length === 0) return undefined
  const consents = await tx
    .selectFrom('scheduling.helper_consent')
    .where('facility_id', '=', proof.facilityId)
    .where(sql<boolean>`patient_id = any (${registered.map((one) => one.id)}::uuid[])`)
    .where('agreed', '=', true)
    .select('patient_id')
    .execute()
  const agreed = new Set(consents.map((row) => row.patient_id))
  const fitting = registered.filter((one) => agreed.has(one.id))
  return fitting.length === 1 ? fitting[0] : undefined
}

/** What the patient said last, if they were ever asked. */
export async function readConsent(tx: Tx, patientId: string, facilityId: string): Promise<Said> {
  const row = await tx
    .selectFrom('scheduling.helper_consent')
    .where('patient_id', '=', patientId)
    .where('facility_id', '=', facilityId)
    .select(['agreed', 'said_at'])
    .executeTakeFirst()
  return row ? { agreed: row.agreed, saidAt: row.said_at } : { agreed: false, saidAt: null }
}

interface Said {
  agreed: boolean
  saidAt: Date | null
}

interface Consent {
  patientId: string
  facilityId: string
  agreed: boolean
  saidAt: Date
  by: string | null
  at: Date
}

/** Keeps what was said, unless what stands was said later. True where it was kept. */
export async function writeConsent(tx: Tx, { patientId, facilityId, ...said }: Consent): Promise<boolean> {
  const set = { agreed: said.agreed, said_at: said.saidAt, recorded_by: said.by, recorded_at: said.at }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('scheduling.helper_consent')
    .values({ patient_id: patientId, facility_id: facilityId, ...set })
    .onConflict((conflict) =>
      conflict
        .columns(['patient_id', 'facility_id'])
        .doUpdateSet(set)
        .where((eb) => {
          const [saidAt, agreed] = [
            eb.ref('scheduling.helper_consent.said_at'),
            eb.ref('scheduling.helper_consent.agreed'),
          ]
          // of two in the same moment, no outweighs yes
          const sameMoment = eb.and([eb(saidAt, '=', said.saidAt), eb(agreed, '=', true), eb.val(!said.agreed)])
          return eb.or([eb(saidAt, '<', said.saidAt), sameMoment])
        }),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
