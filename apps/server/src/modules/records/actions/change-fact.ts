import type { FactStatus, FactTyped } from '@moinha/contracts/records'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { factColumns } from '../domain/facts.ts'
import { factOr404, factRows, factViews, holdFactsOf, type FactRow } from '../store/facts.ts'
import {
  keptFact,
  refuseImpossible,
  refuseKnown,
  requireFactsWritable,
  settleNoKnownAllergies,
  writeFact,
  type KeptFact,
} from './keep-fact.ts'
import { notifyTeam } from './notify-team.ts'

interface Changing {
  version: number
  status: FactStatus
  reason: string
  fact: FactTyped
}

/** Corrects, resolves or takes back; what stands so already is not written again. */
export async function changeFact(work: Work, id: string, body: Changing): Promise<KeptFact> {
  const { patient_id: patientId } = await factOr404(work.tx, id)
  const patient = await requireFactsWritable(work, patientId)
  await holdFactsOf(work.tx, patientId)
  const before = await factOr404(work.tx, id)
  if (before.kind !== body.fact.kind) throw platformErrors.ID_TAKEN()
  const row = standsSo(work, before, body) ? before : await change(work, before, body)
  return keptFact(work, row, body.fact, patient)
}

/** Is it so already, by the version that was seen or by the actor's own writing after it? */
function standsSo(work: Work, row: FactRow, { version, status, fact }: Changing): boolean {
  const mine = row.version === version + 1 && row.updated_by !== null && row.updated_by === work.actor.personId
  if (row.version !== version && !mine) return false
  const columns = Object.entries(factColumns(fact))
  return row.status === status && columns.every(([name, value]) => row[name as keyof FactRow] === value)
}

async function change(work: Work, before: FactRow, body: Changing): Promise<FactRow> {
  const { version, status, reason, fact } = body
  if (before.version !== version) {
    const [current] = await factViews(work, [before])
    throw platformErrors.CHANGED_MEANWHILE({ current })
  }
  if (status !== 'entered_in_error') refuseImpossible(fact, localDateOf(work.now))
  const others = (await factRows(work.tx, before.patient_id)).filter((row) => row.id !== before.id)
  if (status === 'active') refuseKnown(fact, others)
  const row = await writeFact(work, before, { status, reason, columns: factColumns(fact) })
  work.audit({
    action: 'records.changeFact',
    subject: 'fact',
    subjectId: row.id,
    patientId: row.patient_id,
    detail: { kind: row.kind, status },
  })
  await settleNoKnownAllergies(work, row)
  await notifyTeam(work, row.patient_id)
  return row
}
