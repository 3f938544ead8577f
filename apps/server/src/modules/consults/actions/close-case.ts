import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { endAccess } from '../../records/index.ts'
import { tellPresence } from '../../roster/index.ts'
import { consultsErrors } from '../errors.ts'
import { consultClosed } from '../events.ts'
import { mayRequest, mayTakePart } from '../policy.ts'
import { moveConsult } from '../store/consult-rows.ts'
import { endSession } from './open-session.ts'
import { lockConsult } from './part-in-case.ts'
import { factOf, notifyConsult } from './notify-consult.ts'

export interface PatientOutcomeInput {
  code: 'improved' | 'unchanged' | 'worse' | 'transferred' | 'died' | 'unknown'
  text: string
}

/**
 * What became of the patient, told back to the consultant (Circular 49/2017, Art. 3(2)). May be told again until the
 * case is closed.
 */
export async function reportPatientOutcome(work: Work, id: string, patientOutcome: PatientOutcomeInput): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayRequest(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  if (await isReported(work, id, patientOutcome)) return
  const after = await moveConsult(work, row, 'report', { event: { name: 'outcome' } })
  const facts = {
    code: patientOutcome.code,
    text: patientOutcome.text,
    reported_by: work.actor.personId ?? '',
    reported_at: work.now,
  }
  await work.tx
    .insertInto('consults.patient_outcome')
    .values({ consult_id: id, ...facts })
    .onConflict((conflict) => conflict.column('consult_id').doUpdateSet(facts))
    .execute()
  await notifyConsult(work, after)
  work.audit({ action: 'consults.reportPatientOutcome', subject: 'consult', subjectId: id, patientId: row.patient_id })
}

/** The same word sent again is told to nobody twice, also when the case moved on. */
async function isReported({ tx }: Work, id: string, { code, text }: PatientOutcomeInput): Promise<boolean> {
  const told = await tx
    .selectFrom('consults.patient_outcome')
    .where('consult_id', '=', id)
    .select(['code', 'text'])
    .executeTakeFirst()
  return told?.code === code && told.text === text
}

/** Ends the case: the consultant's way into the patient's record ends with it. */
export async function closeConsult(work: Work, id: string): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayTakePart(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  if (row.status === 'closed') return
  const after = await moveConsult(work, row, 'close', { closed_at: work.now, event: { name: 'closed' } })
  await asSystem(work, systemActor, async (system) => {
    await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'closed' })
    await endSession(system, row)
    if (row.consultant_id) await tellPresence(system, [row.consultant_id])
    await system.emit(consultClosed, factOf(after, work.now))
    await notifyConsult(system, after, [row.requester_id])
  })
  work.audit({ action: 'consults.close', subject: 'consult', subjectId: id, patientId: row.patient_id })
}
