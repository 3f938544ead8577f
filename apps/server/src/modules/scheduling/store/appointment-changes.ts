import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { StoredState } from '../domain/appointment-states.ts'
import type { Span } from '../domain/openings.ts'

/** Further columns a change of state may set. */
export interface StateChange {
  state: StoredState
  from: readonly StoredState[]
  arrivedAt?: Date
  startedAt?: Date
  endedAt?: Date
  bookedAt?: Date
  practitionerId?: string
  cancelledBy?: 'citizen' | 'station'
  cancelReason?: string
}

/** Compare and set: false where the appointment was in none of the expected states any more. */
export async function changeState(tx: Tx, id: string, change: StateChange): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('scheduling.appointment')
    .where('id', '=', id)
    .where(sql<boolean>`state = any (${[...change.from]}::scheduling.state[])`)
    .set({
      state: change.state,
      version: sql`version + 1`,
      updated_at: sql`now()`,
      ...(change.arrivedAt && { arrived_at: change.arrivedAt }),
      ...(change.startedAt && { started_at: change.startedAt }),
      ...(change.endedAt && { ended_at: change.endedAt }),
      ...(change.bookedAt && { booked_at: change.bookedAt }),
      ...(change.practitionerId && { practitioner_id: change.practitionerId }),
      ...(change.cancelledBy && { cancelled_by: change.cancelledBy, cancel_reason: change.cancelReason ?? '' }),
    })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Move extends Span {
  version: number
  practitionerId: string
  state: StoredState
}

export type MoveOutcome = 'moved' | 'changed_meanwhile' | 'worker_is_free' | 'patient_is_free'

/**
 * Puts an appointment elsewhere; where the database refuses, says by which constraint and leaves the transaction
 * usable.
 */
export async function moveAppointmentRow(tx: Tx, id: string, move: Move): Promise<MoveOutcome> {
  await sql`savepoint move`.execute(tx)
  try {
    const { numAffectedRows } = await sql`
      update scheduling.appointment set moved_from = during, moved_from_practitioner_id = practitioner_id,
        during = tstzrange(${move.start}, ${move.end}),
        practitioner_id = ${move.practitionerId}, state = ${move.state}, version = version + 1, updated_at = now()
      where id = ${id} and version = ${move.version}`.execute(tx)
    await sql`release savepoint move`.execute(tx)
    return numAffectedRows === 1n ? 'moved' : 'changed_meanwhile'
  } catch (error) {
    const constraint = (error as { constraint?: string }).constraint
    if (constraint !== 'worker_is_free' && constraint !== 'patient_is_free') throw error
    await sql`rollback to savepoint move`.execute(tx)
    return constraint
  }
}

/** The next queue number of a unit's day. It is this transaction's: undone with it, so no number is lost. */
export async function giveQueueNo(tx: Tx, appointmentId: string, facilityId: string, day: string): Promise<void> {
  await sql`
    with next as (insert into scheduling.queue_counter as c (facility_id, day, last_no)
    values (${facilityId}, ${day}, 1)
      on conflict (facility_id, day) do update set last_no = c.last_no + 1 returning last_no)
    update scheduling.appointment set queue_day = ${day}::date, queue_no = next.last_no from next
      where id = ${appointmentId}`.execute(tx)
}

/** Ties the appointment to the encounter that is written for it; one that belongs to another appointment is refused. */
export async function keepEncounter(tx: Tx, id: string, encounterId: string): Promise<void> {
  try {
    await tx.updateTable('scheduling.appointment').where('id', '=', id).set({ encounter_id: encounterId }).execute()
  } catch (error) {
    throw (error as { constraint?: string }).constraint === 'appointment_encounter' ? platformErrors.ID_TAKEN() : error
  }
}

/**
 * Undoes a start whose encounter was taken back; false where the appointment is under way by another encounter, or not
 * at all. A walk-in nobody had been named for is nobody's again.
 */
export async function revertStart(tx: Tx, id: string, encounterId: string, state: StoredState): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update scheduling.appointment a set state = ${state}, started_at = null, encounter_id = null, version = version + 1,
      updated_at = now(),
      practitioner_id = case when origin <> 'walk_in' then practitioner_id
      else (select h.practitioner_id from scheduling.appointment_history h
        where h.appointment_id = a.id and h.state <> 'in_progress' order by h.id desc limit 1) end
    where id = ${id} and encounter_id = ${encounterId} and state = 'in_progress'`.execute(tx)
  return numAffectedRows === 1n
}
