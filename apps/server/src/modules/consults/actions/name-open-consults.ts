import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { patientCards } from '../../records/index.ts'
import { namePatient } from '../store/consult-rows.ts'
import { notifyConsult } from './notify-consult.ts'

/**
 * A patient has another name, sex or birth date: cases whose minutes nobody locked yet are about the patient as
 * corrected. What was filed and signed stays as it was.
 */
export async function nameOpenConsults(work: Work, patientId: string): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const [patient] = await patientCards(system, [patientId])
    if (!patient) return
    for (const row of await namePatient(system.tx, patient)) await notifyConsult(system, row, [row.requester_id])
  })
}
