import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { accountsBehind } from '../../identity/index.ts'

/** Open screens of the unit and of the people behind the patient read again; ids only. */
export async function notifyScreens(
  work: Work,
  { id, facility_id, patient_id }: { id: string; facility_id: string; patient_id: string },
): Promise<void> {
  await work.live(`facility:${facility_id}`, 'programmes.changed', { enrolmentId: id })
  const accounts = await asSystem(work, systemActor, ({ tx }) => accountsBehind(tx, patient_id))
  for (const account of accounts) await work.live(`person:${account}`, 'programmes.changed', { enrolmentId: id })
}
