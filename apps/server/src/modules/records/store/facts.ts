import type { Fact } from '@moinha/contracts/records'
import { sql, type Selectable } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { PatientFactTable } from './fact-tables.ts'
import { namesOf } from './people.ts'

export type FactRow = Selectable<PatientFactTable>

/** Lines on a patient's page; nobody has as many. */
const mostFacts = 400

/** What holds first, the loudest of it on top; then what held. */
const factsByPatient = compileOnce((tx, { patientId }: { patientId: string }) =>
  tx
    .selectFrom('records.patient_fact')
    .where('patient_id', '=', patientId)
    .where('status', '<>', 'entered_in_error')
    .selectAll()
    .orderBy(sql`status <> 'active', criticality is distinct from 'high', started_on desc nulls last, display, id`)
    .limit(mostFacts),
)

/** What is known of a patient; whoever may not see them is answered nothing. */
export async function factRows(tx: Tx, patientId: string): Promise<FactRow[]> {
  return factsByPatient(tx, { patientId })
}

export async function factOr404(tx: Tx, id: string): Promise<FactRow> {
  const row = await knownFact(tx, id)
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

/** One the actor may see, whatever became of it. */
export async function knownFact(tx: Tx, id: string): Promise<FactRow | undefined> {
  return tx.selectFrom('records.patient_fact').where('id', '=', id).selectAll().executeTakeFirst()
}

/** Facts of one patient are written one after the other: what rules another out must be seen. */
export async function holdFactsOf(tx: Tx, patientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`records.facts ${patientId}`}, 0))`.execute(tx)
}

export async function factViews(work: Work, rows: readonly FactRow[]): Promise<Fact[]> {
  const names = await namesOf(
    work,
    rows.flatMap((row) => [row.author_id, row.updated_by]),
  )
  return rows.map((row) => viewOf(row, (id) => (id === null ? '' : (names.get(id) ?? ''))))
}

function viewOf(row: FactRow, nameOf: (id: string | null) => string): Fact {
  return {
    id: row.id,
    patientId: row.patient_id,
    kind: row.kind,
    status: row.status,
    version: row.version,
    system: row.system,
    code: row.code,
    display: row.display,
    inn: row.inn,
    atc: row.atc,
    reaction: row.reaction,
    criticality: row.criticality,
    dosage: row.dosage,
    startedOn: row.started_on,
    endedOn: row.ended_on,
    lastPeriodOn: row.last_period_on,
    dueOn: row.due_on,
    outcome: row.outcome,
    note: row.note,
    encounterId: row.encounter_id,
    authorName: nameOf(row.author_id),
    recordedAt: row.recorded_at.toISOString(),
    updatedByName: nameOf(row.updated_by),
    updatedAt: row.updated_at.toISOString(),
  }
}

interface Substance {
  id: string
  system: string
  code: string
  display: string
}

/** An allergy or intolerance that holds; `code` is of ATC, an international name, or a name of here. */
export interface Allergy extends Substance {
  inn: string
  atc: string | null
  reaction: string
  criticality: 'low' | 'high' | 'unknown'
}

/** A medicine the patient takes now, by whomever it was given. */
export interface CurrentMedicine extends Substance {
  inn: string
  atc: string | null
}

const activeOf = (rows: readonly FactRow[], kind: FactRow['kind']) =>
  rows.flatMap((row) => {
    const { id, system, code, display } = row
    const holds = row.kind === kind && row.status === 'active' && system !== null && code !== null
    return holds ? [{ row, substance: { id, system, code, display } }] : []
  })

/** The allergies that hold now. */
export async function allergiesOf({ tx }: Work, patientId: string): Promise<readonly Allergy[]> {
  const known = activeOf(await factRows(tx, patientId), 'allergy')
  return known.map(({ row, substance }) => ({
    ...substance,
    inn: row.inn,
    atc: row.atc,
    reaction: row.reaction,
    criticality: row.criticality ?? 'unknown',
  }))
}

/** The medicines taken now. */
export async function currentMedicinesOf({ tx }: Work, patientId: string): Promise<readonly CurrentMedicine[]> {
  const taken = activeOf(await factRows(tx, patientId), 'medicine')
  return taken.map(({ row: { inn, atc }, substance }) => ({ ...substance, inn, atc }))
}
