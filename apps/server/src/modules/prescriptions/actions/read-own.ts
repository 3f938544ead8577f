import type * as contract from '@moinha/contracts/prescriptions'
import type { HandlerReply } from '@moinha/contracts/route'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { patientParticulars } from '../../records/index.ts'
import { plainLines } from '../domain/plain-lines.ts'
import { isOwnRecord } from '../policy.ts'
import { linesOf, prescriptionsOf } from '../store/prescriptions.ts'

/** One's own prescriptions, or a family member's; what was replaced or taken back is left out. */
export async function readOwnPrescriptions(
  work: Work,
  patientId: string,
): Promise<HandlerReply<typeof contract.ownPrescriptions>> {
  if (!isOwnRecord(work.actor, patientId)) throw platformErrors.NOT_FOUND()
  const { fullName } = await patientParticulars(work, patientId)
  const rows = (await prescriptionsOf(work.tx, { patientId })).filter(
    (row) => row.replaced_at === null && row.withdrawn_at === null,
  )
  const lines = await linesOf(
    work.tx,
    rows.map((row) => row.id),
  )
  work.audit({ action: 'prescriptions.own', subject: 'patient', subjectId: patientId, patientId })
  return {
    fullName,
    items: rows.map(({ id, code, state, content, written_at, collect_until }) => ({
      id,
      code,
      issued: state === 'issued',
      facilityName: content.facility.name,
      prescriberName: content.prescriber.name,
      writtenAt: written_at.toISOString(),
      collectUntil: collect_until,
      diagnoses: content.diagnoses.map((one) => one.display),
      lines: plainLines(content, lines.get(id) ?? []),
      advice: content.advice,
      followUpDays: content.followUpDays,
    })),
  }
}
