import type { ProgrammeDefinition } from '@moinha/contracts/programmes'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { programmeErrors } from '../errors.ts'
import type { EnrolmentTable } from './tables.ts'

export type EnrolmentRow = Selectable<EnrolmentTable> & { definition: ProgrammeDefinition }

const withDefinition = (tx: Tx) =>
  tx
    .selectFrom('programmes.enrolment as e')
    .innerJoin('programmes.programme as p', (join) =>
      join.onRef('p.code', '=', 'e.programme_code').onRef('p.version', '=', 'e.programme_version'),
    )
    .selectAll('e')
    .select('p.definition')

/** The enrolment, as far as the actor may see its patient. */
async function enrolmentOr404(tx: Tx, id: string): Promise<EnrolmentRow> {
  const row = await withDefinition(tx).where('e.id', '=', id).executeTakeFirst()
  if (!row) throw programmeErrors.ENROLMENT_UNKNOWN()
  return row
}

/**
 * The same, kept from others until the transaction ends: with all of its patient, in the order in which a plan made
 * anew takes them.
 */
export async function lockedEnrolment(tx: Tx, id: string): Promise<EnrolmentRow> {
  await sql`
    select from programmes.enrolment
    where patient_id = (select patient_id from programmes.enrolment where id = ${id})
    order by id for no key update`.execute(tx)
  return enrolmentOr404(tx, id)
}

/** Of these patients, newest first. */
export function enrolmentsOf(tx: Tx, patientIds: readonly string[]): Promise<EnrolmentRow[]> {
  return withDefinition(tx)
    .where(sql<boolean>`e.patient_id = any (${[...patientIds]}::uuid[])`)
    .orderBy('e.enrolled_at', 'desc')
    .orderBy('e.id')
    .limit(50)
    .execute()
}

/** Those a patient is in now, locked in the order of their ids. */
export async function lockedActive(tx: Tx, patientId: string): Promise<EnrolmentRow[]> {
  const { rows } = await sql<{ id: string }>`
    select id from programmes.enrolment where patient_id = ${patientId} and status = 'active'
    order by id for no key update`.execute(tx)
  if (rows.length === 0) return []
  return withDefinition(tx)
    .where(sql<boolean>`e.id = any (${rows.map(({ id }) => id)}::uuid[])`)
    .orderBy('e.id')
    .execute()
}

/** Visits kept elsewhere, those taken back left out. */
export async function outsideVisits(tx: Tx, enrolmentIds: readonly string[]) {
  return tx
    .selectFrom('programmes.outside_visit')
    .where(sql<boolean>`enrolment_id = any (${[...enrolmentIds]}::uuid[])`)
    .where('taken_back_at', 'is', null)
    .orderBy('kept_on')
    .selectAll()
    .execute()
}
