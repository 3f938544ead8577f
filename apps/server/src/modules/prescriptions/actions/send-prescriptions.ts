import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { failureCode } from '../../../platform/errors/failure-code.ts'
import type { Platform } from '../../../platform/module.ts'
import { nationalPayload } from '../domain/national-payload.ts'
import { prescriptionIssued } from '../events.ts'
import type { NationalSystem } from '../ports/national-system.ts'
import { claimDue, keepAcknowledged, keepFailed, keepRefused } from '../store/outbox.ts'
import type { PrescriptionRow } from '../store/prescriptions.ts'
import type { NationalReply } from '../store/tables.ts'

/** First after a minute, then twice as long each time, at most six hours: it never gives up by itself. */
const firstWaitMs = 60_000
const longestWaitMs = 6 * 3_600_000

export const waitAfter = (attempts: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, attempts - 1))

/** So many in one run, and no longer than this; what is left waits for the next. */
const mostInARun = 200
const longestRunMs = 60_000

/** Sends what is due, one after the other; no transaction waits for the national system. */
export async function sendDue({ transact, log }: Pick<Platform, 'transact' | 'log'>, national: NationalSystem) {
  const begin = <R>(step: (work: Work) => Promise<R>) => transact(systemActor, step, 'prescriptions.send')
  const end = performance.now() + longestRunMs
  for (let sent = 0; sent < mostInARun && performance.now() < end; sent += 1) {
    const row = await begin(({ tx, now }) => claimDue(tx, now))
    if (!row) return
    try {
      const reply = await national.send(nationalPayload(row.content), senderOf(row))
      await begin((work) => settle(work, row, reply))
    } catch (error) {
      const failure = failureCode(error)
      log.warn({ prescription: row.id, failure }, 'national prescription system does not take it')
      await begin((work) =>
        keepFailed(work.tx, row.id, failure, new Date(work.now.getTime() + waitAfter(row.attempts))),
      )
    }
  }
}

const senderOf = ({ content }: PrescriptionRow) => ({
  facilityCode: content.facility.code,
  licenceNo: content.prescriber.licenceNo,
})

/** Issued from the stored acknowledgement on; the second of two answers changes nothing. */
async function settle(work: Work, row: PrescriptionRow, reply: NationalReply): Promise<void> {
  const { id, patient_id: patientId, facility_id: facilityId, encounter_id: encounterId } = row
  if (!reply.success) await keepRefused(work.tx, id, reply)
  else if (await keepAcknowledged(work.tx, id, reply, work.now))
    await work.emit(prescriptionIssued, { prescriptionId: id, encounterId })
  const action = reply.success ? 'prescriptions.acknowledged' : 'prescriptions.refused'
  work.audit({ action, subject: 'prescription', subjectId: id, patientId, facilityId })
  await work.live(`facility:${facilityId}`, 'prescriptions.changed', { encounterId })
}
