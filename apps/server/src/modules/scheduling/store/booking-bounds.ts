import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Held } from '../domain/booking-bounds.ts'

export interface Booker {
  patientId: string
  accountId: string
  /** The booking or wait that is being sent, perhaps for the second time: it does not count against itself. */
  id: string
}

/** What patient and account hold open, counted while both are held until the transaction ends. */
export async function countBookings(tx: Tx, { patientId, accountId, id }: Booker, now: Date): Promise<Held> {
  const { rows } = await sql<Held>`
    select of_patient as "ofPatient", patient_bound as "patientBound", of_account as "ofAccount",
      account_bound as "accountBound"
    from scheduling.count_bookings(${patientId}, ${accountId}, ${id}, ${now})`.execute(tx)
  return onlyRow(rows)
}

/** The same for places on waitlists. */
export async function countWaits(tx: Tx, { patientId, accountId, id }: Booker, today: string): Promise<Held> {
  const { rows } = await sql<Held>`
    select of_patient as "ofPatient", patient_bound as "patientBound", of_account as "ofAccount",
      account_bound as "accountBound"
    from scheduling.count_waits(${patientId}, ${accountId}, ${id}, ${today}::date)`.execute(tx)
  return onlyRow(rows)
}

function onlyRow(rows: Held[]): Held {
  const [row] = rows
  if (!row) throw new Error('counting answers one row')
  return row
}

/** An open booking that could be called off to make room. */
export interface OpenBooking {
  id: string
  start: Date
  facilityName: string
  patientName: string
}

/** Open bookings of the patient, or those the account made, as far as the actor may see them; soonest first. */
export async function openBookings(
  tx: Tx,
  who: { patientId: string } | { accountId: string },
  now: Date,
): Promise<OpenBooking[]> {
  const whose = 'patientId' in who ? sql`a.patient_id = ${who.patientId}` : sql`a.booked_by = ${who.accountId}`
  const origins = 'patientId' in who ? sql`('citizen', 'waitlist', 'helper')` : sql`('citizen', 'waitlist')`
  const { rows } = await sql<OpenBooking>`
    select a.id, a.starts_at as start, f.name as "facilityName", coalesce(p.full_name, '') as "patientName"
    from scheduling.appointment a join facilities.unit f on f.id = a.facility_id left
      join records.patient_card p on p.id = a.patient_id
    where ${whose} and a.origin in ${origins} and a.state in ('requested', 'confirmed', 'moved', 'arrived')
      and a.starts_at > ${now}::timestamptz - interval '1 day' and upper(a.during) > ${now}
    order by a.starts_at, a.id limit 20`.execute(tx)
  return rows
}
