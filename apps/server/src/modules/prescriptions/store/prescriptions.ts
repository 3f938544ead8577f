import { sql, type Selectable } from 'kysely'
import type { RxContent } from '@moinha/contracts/prescriptions'
import { addDays } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Schema } from '../../../platform/db/schema.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import './tables.ts'

export type PrescriptionRow = Selectable<Schema['prescriptions.prescription']>
type LineRow = Selectable<Schema['prescriptions.line']>

/** The prescription, or the 404 of a row the actor may not know of. */
export async function prescriptionOr404(tx: Tx, id: string): Promise<PrescriptionRow> {
  const row = await findPrescription(tx, id)
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

export function findPrescription(tx: Tx, id: string): Promise<PrescriptionRow | undefined> {
  return tx.selectFrom('prescriptions.prescription').where('id', '=', id).selectAll().executeTakeFirst()
}

/** The same, kept against whoever hands out, replaces or sends; ask as the system. */
export function lockPrescription(tx: Tx, id: string): Promise<PrescriptionRow | undefined> {
  return tx.selectFrom('prescriptions.prescription').where('id', '=', id).forUpdate().selectAll().executeTakeFirst()
}

export function prescriptionsOf(tx: Tx, of: { encounterId: string } | { patientId: string }, limit = 50) {
  const query = tx.selectFrom('prescriptions.prescription').selectAll()
  return (
    'encounterId' in of
      ? query.where('encounter_id', '=', of.encounterId)
      : query.where('patient_id', '=', of.patientId)
  )
    .orderBy('written_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Lines of several prescriptions, in their order. */
export async function linesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, LineRow[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('prescriptions.line')
    .where(sql<boolean>`prescription_id = any (${[...ids]}::uuid[])`)
    .orderBy('no')
    .selectAll()
    .execute()
  return Map.groupBy(rows, (row) => row.prescription_id)
}

export interface NewPrescription {
  id: string
  encounterId: string
  patientId: string
  facilityId: string
  prescriberId: string
  replaces: string | null
  content: RxContent
  now: Date
}

/** Writes it unless its code is taken already in the facility: then false, and another is drawn. */
export async function insertPrescription(tx: Tx, { content, now, ...of }: NewPrescription): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('prescriptions.prescription')
    .values({
      id: of.id,
      code: content.code,
      kind: content.kind,
      encounter_id: of.encounterId,
      patient_id: of.patientId,
      facility_id: of.facilityId,
      prescriber_id: of.prescriberId,
      content: JSON.stringify(content),
      written_at: now,
      collect_until: content.collectUntil,
      replaces: of.replaces,
      replaced_at: null,
      next_try_at: now,
      issued_at: null,
      reply: null,
      last_failure: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await tx
    .insertInto('prescriptions.line')
    .values(
      content.lines.map((line) => ({
        prescription_id: of.id,
        no: line.no,
        patient_id: of.patientId,
        medicine_id: line.medicineId,
        quantity: line.quantity,
      })),
    )
    .execute()
  return true
}

/** Another took its place: it is sent no more. */
export async function markReplaced(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('prescriptions.prescription')
    .set({ replaced_at: now, next_try_at: null })
    .where('id', '=', id)
    .execute()
}

/** Taken back: it is sent no more. */
export async function markWithdrawn(tx: Tx, id: string, { reason, now }: { reason: string; now: Date }): Promise<void> {
  await tx
    .updateTable('prescriptions.prescription')
    .set({ withdrawn_at: now, withdraw_reason: reason, next_try_at: null })
    .where('id', '=', id)
    .execute()
}

/** Of these days the paper is good for collecting, the day it was written included. */
export const lastDayOf = (writtenOn: string, days: number): string => addDays(writtenOn, days - 1)

/** The one with this code whose patient was born in that year, past the wall; ask as the system. */
export async function byCodeAndYear(tx: Tx, code: string, birthYear: number): Promise<PrescriptionRow | undefined> {
  return tx
    .selectFrom('prescriptions.prescription as r')
    .innerJoin('records.patient_card as p', 'p.id', 'r.patient_id')
    .where(sql<boolean>`lower(r.code) = lower(${code})`)
    .where(sql<boolean>`extract(year from p.birth_date) = ${birthYear}`)
    .selectAll('r')
    .executeTakeFirst()
}

/** Encounters of which one prescription at least was acknowledged, with the first time. */
export async function firstIssued(tx: Tx, encounterId: string): Promise<PrescriptionRow | undefined> {
  return tx
    .selectFrom('prescriptions.prescription')
    .where('encounter_id', '=', encounterId)
    .where('state', '=', 'issued')
    .where('withdrawn_at', 'is', null)
    .orderBy('issued_at')
    .orderBy('id')
    .limit(1)
    .selectAll()
    .executeTakeFirst()
}

/** Is there one of the encounter that was neither replaced nor taken back? */
export async function hasStanding(tx: Tx, encounterId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('prescriptions.prescription')
    .where('encounter_id', '=', encounterId)
    .where('replaced_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What was written for a patient since then and stands. */
export function standingSince(tx: Tx, patientId: string, since: Date) {
  return tx
    .selectFrom('prescriptions.prescription')
    .where('patient_id', '=', patientId)
    .where('written_at', '>=', since)
    .where('replaced_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('written_at', 'desc')
    .limit(100)
    .select(['id', 'content', 'written_at'])
    .execute()
}
