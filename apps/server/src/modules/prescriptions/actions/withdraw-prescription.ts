import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/prescriptions'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { fileDocument, holdEncounter } from '../../records/index.ts'
import { prescriptionsErrors } from '../errors.ts'
import { prescriptionWithdrawn } from '../events.ts'
import {
  linesOf,
  lockPrescription,
  markWithdrawn,
  prescriptionOr404,
  type PrescriptionRow,
} from '../store/prescriptions.ts'
import { requirePrescriber } from './check-prescription.ts'
import { paperOf } from './write-prescription.ts'

/**
 * Takes back a prescription on which nothing was handed out: it is not sent any more, or, where it was, stays on the
 * list of what must be settled with the national system. Taken back twice, it is once.
 */
export async function withdrawPrescription(
  work: Work,
  id: string,
  { reason }: HandlerInput<typeof contract.withdrawPrescription>['body'],
): Promise<void> {
  const { encounter_id: encounterId, facility_id: facilityId } = await prescriptionOr404(work.tx, id)
  await requirePrescriber(work, facilityId)
  await holdEncounter(work.tx, encounterId)
  const row = await asSystem(work, systemActor, ({ tx, now }) => withdraw(tx, id, { reason, now }))
  if (!row) return
  const { patient_id: patientId, content } = row
  const withdrawn = { at: work.now.toISOString(), reason }
  const encounter = { id: encounterId, patientId, facilityId }
  await fileDocument(work, paperOf(id, { encounter }, { version: 2, content: { ...content, withdrawn } }))
  await work.emit(prescriptionWithdrawn, { prescriptionId: id, encounterId })
  work.audit({ action: 'prescriptions.withdraw', subject: 'prescription', subjectId: id, patientId, facilityId })
  await work.live(`facility:${facilityId}`, 'prescriptions.changed', { encounterId })
}

/** Nobody hands out on it meanwhile: they meet at the row. */
async function withdraw(tx: Tx, id: string, of: { reason: string; now: Date }): Promise<PrescriptionRow | undefined> {
  const row = await lockPrescription(tx, id)
  if (!row) throw platformErrors.NOT_FOUND()
  if (row.withdrawn_at !== null) return undefined
  if (row.replaced_at !== null) throw prescriptionsErrors.RX_REPLACED()
  const lines = (await linesOf(tx, [id])).get(id) ?? []
  if (lines.some((line) => Number(line.dispensed) > 0)) throw prescriptionsErrors.RX_GIVEN_ALREADY()
  await markWithdrawn(tx, id, of)
  return row
}
