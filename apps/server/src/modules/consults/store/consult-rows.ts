import { sql, type Updateable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import type { PatientCard } from '../../records/index.ts'
import { isPossible, statusAfter, type ConsultAction } from '../domain/life-cycle.ts'
import { consultsErrors } from '../errors.ts'
import type { ConsultRow, ConsultTable } from './tables.ts'
import './tables.ts'

/** The case, as far as the actor of this transaction may see it. */
export async function findConsult({ tx }: Work, id: string): Promise<ConsultRow | undefined> {
  return tx.selectFrom('consults.consult').where('id', '=', id).selectAll().executeTakeFirst()
}

/**
 * The case with its row held until the transaction ends: whoever comes second waits and then sees what the first did.
 */
export async function selectConsultForUpdate({ tx }: Work, id: string): Promise<ConsultRow> {
  const row = await tx.selectFrom('consults.consult').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()
  if (!row) throw consultsErrors.CONSULT_UNKNOWN()
  return row
}

export interface EventNote {
  name: string
  actorId?: string | null
  step?: number
  note?: string
  /** When it was, where it is written down later. */
  at?: Date
}

/** Moves the case by compare-and-set and writes down when. */
export async function moveConsult(
  work: Work,
  row: ConsultRow,
  action: ConsultAction,
  change: Updateable<ConsultTable> & { event?: EventNote } = {},
): Promise<ConsultRow> {
  const { event, ...set } = change
  if (!isPossible(action, row)) throw consultsErrors.CONSULT_WRONG_STATE({ status: row.status, action })
  const moved = await work.tx
    .updateTable('consults.consult')
    .where('id', '=', row.id)
    .where('status', '=', row.status)
    .where('version', '=', row.version)
    .set({ ...set, status: statusAfter(action, row), version: row.version + 1 })
    .returningAll()
    .executeTakeFirst()
  if (!moved) throw consultsErrors.CONSULT_WRONG_STATE({ status: row.status, action })
  await writeEvent(work, row.id, event ?? { name: action })
  return moved
}

/** A line of the case's timeline. */
export async function writeEvent(
  { tx, actor, now }: Work,
  consultId: string,
  { name, actorId = actor.personId, step, note, at = now }: EventNote,
): Promise<void> {
  await tx
    .insertInto('consults.event')
    .values({ consult_id: consultId, at, name, actor_id: actorId, step: step ?? null, note: note ?? null })
    .execute()
}

/** The next request number of a unit in a year. */
export async function nextNumber({ tx }: Work, facilityId: string, year: number): Promise<number> {
  const { rows } = await sql<{
    last: number
  }>`insert into consults.counter (facility_id, year, last) values (${facilityId}, ${year}, 1)
    on conflict (facility_id, year) do update set last = counter.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

/** Cases that no minutes were locked in yet, under the patient's particulars of now; answers those. */
export async function namePatient(
  tx: Tx,
  { id, fullName, sex, birthDate }: Pick<PatientCard, 'id' | 'fullName' | 'sex' | 'birthDate'>,
): Promise<ConsultRow[]> {
  return tx
    .updateTable('consults.consult')
    .where('patient_id', '=', id)
    .where('signed_at', 'is', null)
    .where('status', 'not in', ['closed', 'cancelled', 'returned'])
    .set({ patient_name: fullName, patient_sex: sex, patient_birth_date: birthDate })
    .returningAll()
    .execute()
}
