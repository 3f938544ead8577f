import type { FactTyped } from '@moinha/contracts/records'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { factColumns } from '../domain/facts.ts'
import { encounterOr404 } from '../store/encounters.ts'
import { factRows, holdFactsOf, knownFact, type FactRow } from '../store/facts.ts'
import {
  keepFactVersion,
  keptFact,
  refuseImpossible,
  refuseKnown,
  requireFactsWritable,
  settleNoKnownAllergies,
  type KeptFact,
} from './keep-fact.ts'
import { notifyTeam } from './notify-team.ts'

interface Recording {
  id: string
  encounterId: string | null
  fact: FactTyped
}

/** Writes down what holds of a patient; the same id again changes nothing and answers what stands. */
export async function recordFact(work: Work, patientId: string, body: Recording): Promise<KeptFact> {
  const patient = await requireFactsWritable(work, patientId)
  await holdFactsOf(work.tx, patientId)
  const before = await knownFact(work.tx, body.id)
  if (before) {
    if (before.patient_id !== patientId || before.kind !== body.fact.kind) throw platformErrors.ID_TAKEN()
    return keptFact(work, before, body.fact, patient)
  }
  refuseImpossible(body.fact, localDateOf(work.now))
  refuseKnown(body.fact, await factRows(work.tx, patientId))
  if (body.encounterId) await requireEncounterOf(work, body.encounterId, patientId)
  return keptFact(work, await insertFact(work, patientId, body), body.fact, patient)
}

async function requireEncounterOf(work: Work, encounterId: string, patientId: string): Promise<void> {
  const encounter = await encounterOr404(work.tx, encounterId)
  if (encounter.patient_id !== patientId) throw platformErrors.NOT_FOUND()
}

async function insertFact(work: Work, patientId: string, { id, encounterId, fact }: Recording): Promise<FactRow> {
  const [author, at] = [work.actor.personId, work.now]
  const written = { author_id: author, recorded_at: at, updated_by: author, updated_at: at }
  const row = await work.tx
    .insertInto('records.patient_fact')
    .values({ id, patient_id: patientId, kind: fact.kind, encounter_id: encounterId, ...factColumns(fact), ...written })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  // of a patient whom the actor may not see
  if (!row) throw platformErrors.ID_TAKEN()
  await keepFactVersion(work, row, null)
  work.audit({ action: 'records.recordFact', subject: 'fact', subjectId: id, patientId, detail: { kind: fact.kind } })
  await settleNoKnownAllergies(work, row)
  await notifyTeam(work, patientId)
  return row
}
