import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { accountsBehind } from '../../identity/index.ts'

export interface Told {
  id: string
  facilityId: string
  practitionerId: string | null
  state: string
}

/** Open screens of the unit, the worker and the citizens read again; ids and states only. */
export async function notifyScreens(work: Work, told: Told, people: readonly string[]): Promise<void> {
  const payload = { appointmentId: told.id, state: told.state }
  await work.live(`facility:${told.facilityId}`, 'appointment.changed', payload)
  for (const person of new Set([...people, ...(told.practitionerId ? [told.practitionerId] : [])]))
    await work.live(`person:${person}`, 'appointment.changed', payload)
}

/** The accounts behind a patient, whoever acts. */
export function accountsFor(work: Work, patientId: string): Promise<string[]> {
  return asSystem(work, systemActor, ({ tx }) => accountsBehind(tx, patientId))
}
