import type { Fact, FactStatus, FactTyped, FactWarning } from '@moinha/contracts/records'
import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { endsBeforeItBegins, factWarnings, futureDates, sameAs, type FactColumns } from '../domain/facts.ts'
import { recordsErrors } from '../errors.ts'
import { factRows, factViews, type FactRow } from '../store/facts.ts'
import { patientOr404, type PatientRow } from '../store/patients.ts'
import { nameOf } from '../store/people.ts'
import { mayOpenEncounters } from './open-encounter.ts'

/** What both writers of facts share: who may, what cannot be, and that each state is kept. */
export interface KeptFact {
  fact: Fact
  warnings: FactWarning[]
}

/**
 * The treating team writes: who works at a unit that cares for the patient, or has their case. Who is only asked reads.
 */
export async function mayWriteFacts(work: Work, patientId: string): Promise<boolean> {
  const { actor } = work
  if (!actor.can('encounter.write') || actor.clinicalFacilityIds.length === 0) return false
  return mayOpenEncounters(work, patientId)
}

/** The patient, where the actor may write what is known of them. */
export async function requireFactsWritable(work: Work, patientId: string): Promise<PatientRow> {
  const patient = await patientOr404(work.tx, patientId)
  if (!(await mayWriteFacts(work, patientId))) throw platformErrors.NOT_ALLOWED()
  return patient
}

/** Refuses what cannot be, whoever says it. */
export function refuseImpossible(fact: FactTyped, today: string): void {
  const fields = futureDates(fact, today)
  if (fields.length > 0) throw recordsErrors.FACT_DATE_IN_FUTURE({ fields })
  if (endsBeforeItBegins(fact)) throw recordsErrors.FACT_ENDS_BEFORE_IT_BEGINS()
}

/**
 * Refuses what is known already, naming it, and "no known allergies" beside an allergy. Asked with the patient's facts
 * held.
 */
export function refuseKnown(fact: FactTyped, others: readonly FactRow[]): void {
  const known = sameAs(fact, others)
  if (known) throw recordsErrors.FACT_ALREADY_KNOWN({ id: known.id, display: known.display })
  const allergies = others.some((row) => row.kind === 'allergy' && row.status === 'active')
  if (fact.kind === 'no_known_allergies' && allergies) throw recordsErrors.ALLERGIES_ARE_KNOWN()
}

interface Change {
  status: FactStatus
  reason: string
  columns: Partial<FactColumns>
}

/** The next version of a fact; the caller holds the patient's facts. */
export async function writeFact(work: Work, row: FactRow, { status, reason, columns }: Change): Promise<FactRow> {
  const written = await work.tx
    .updateTable('records.patient_fact')
    .set({
      ...columns,
      status,
      version: sql<number>`version + 1`,
      updated_by: work.actor.personId,
      updated_at: work.now,
    })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepFactVersion(work, written, reason)
  return written
}

/** Whoever writes an allergy says with it that "no known allergies" is over. */
export async function settleNoKnownAllergies(work: Work, written: FactRow): Promise<void> {
  if (written.kind !== 'allergy' || written.status !== 'active') return
  const rows = await factRows(work.tx, written.patient_id)
  const over = rows.filter((row) => row.kind === 'no_known_allergies' && row.status === 'active')
  const reason = `Ghi nhận dị ứng: ${written.display}`
  for (const row of over) await writeFact(work, row, { status: 'resolved', reason, columns: {} })
}

/** Writes down a state of a fact: 1 as recorded, then one per change with its reason. */
export async function keepFactVersion(work: Work, row: FactRow, reason: string | null): Promise<void> {
  const { id, version, patient_id, status, display, ...content } = row
  await work.tx
    .insertInto('records.patient_fact_version')
    .values({
      fact_id: id,
      no: version,
      patient_id,
      status,
      display,
      content: JSON.stringify(content),
      reason,
      author_id: work.actor.personId,
      author_name: await nameOf(work, work.actor.personId),
      at: work.now,
    })
    .execute()
}

/** The reply of a write. */
export async function keptFact(work: Work, row: FactRow, fact: FactTyped, { sex }: PatientRow): Promise<KeptFact> {
  const [view] = await factViews(work, [row])
  if (!view) throw platformErrors.NOT_FOUND()
  return { fact: view, warnings: factWarnings(fact, { sex, today: localDateOf(work.now) }) }
}
