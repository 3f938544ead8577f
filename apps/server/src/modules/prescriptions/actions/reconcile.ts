import type * as contract from '@moinha/contracts/prescriptions'
import type { HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { sendPrescriptionsJob } from '../job-types.ts'
import { worksAt } from '../policy.ts'
import { retryNow, unsentAt } from '../store/outbox.ts'
import { prescriptionOr404 } from '../store/prescriptions.ts'

/** A screen of them; who has more has another trouble. */
const mostListed = 200

/** What one's units wrote that the national system did not acknowledge. */
export async function listUnsent(work: Work): Promise<HandlerReply<typeof contract.listUnsent>> {
  const rows = await unsentAt(work.tx, {
    facilityIds: work.actor.clinicalFacilityIds,
    today: localDateOf(work.now),
    limit: mostListed + 1,
  })
  const shown = rows.slice(0, mostListed)
  work.audit({
    action: 'prescriptions.listUnsent',
    subject: 'prescription',
    patientIds: shown.map((row) => row.patient_id),
    detail: { found: shown.length },
  })
  return {
    items: shown.map((row) => ({
      id: row.id,
      code: row.code,
      encounterId: row.encounter_id,
      patientName: row.content.patient.fullName,
      prescriberName: row.content.prescriber.name,
      writtenAt: row.written_at.toISOString(),
      state: row.state,
      withdrawn: row.withdrawn_at !== null,
      attempts: row.attempts,
      nextTryAt: row.next_try_at?.toISOString() ?? null,
      failure: row.last_failure,
      errors: row.reply?.errors ?? [],
    })),
    more: rows.length > mostListed,
  }
}

/** Tries the national system again, e.g. after the prescriber was linked there. */
export async function sendAgain(work: Work, id: string): Promise<void> {
  const row = await prescriptionOr404(work.tx, id)
  const { patient_id: patientId, facility_id: facilityId } = row
  if (!worksAt(work.actor, facilityId)) throw platformErrors.NOT_ALLOWED()
  await asSystem(work, systemActor, ({ tx }) => retryNow(tx, id, work.now))
  await work.enqueue(sendPrescriptionsJob, {}, { key: 'prescriptions.send' })
  work.audit({ action: 'prescriptions.sendAgain', subject: 'prescription', subjectId: id, patientId, facilityId })
}
