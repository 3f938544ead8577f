import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { touchOfPatient } from '../store/changed-appointments.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

/**
 * A patient has another name, sex or birth date: the lists that show them, and ask only for what changed, are given
 * their appointments again.
 */
export async function showCorrectedPatient(work: Work, patientId: string): Promise<void> {
  const touched = await asSystem(work, systemActor, ({ tx }) => touchOfPatient(tx, patientId))
  if (touched.length === 0) return
  const people = await accountsFor(work, patientId)
  for (const told of touched) await notifyScreens(work, told, people)
}
