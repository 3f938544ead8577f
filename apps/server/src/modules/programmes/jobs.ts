import { systemActor } from '../../platform/access/actor.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { encounterCancelled, encounterCorrected, encounterFinished, encounterFor } from '../records/index.ts'
import {
  appointmentBooked,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentDone,
  appointmentMoved,
  appointmentNoShow,
} from '../scheduling/index.ts'
import { noteBooked, noteUnbooked } from './actions/follow-appointments.ts'
import { remindDue, remindOfDue } from './actions/remind.ts'
import { replanPatient } from './actions/replan.ts'

/** Own jobs, and what is due anew when something happens below. */
export function programmeJobs({ jobs, events }: Platform): void {
  events.on(encounterFinished, (work, { patientId }) => replanPatient(work, patientId))
  events.on(encounterCancelled, (work, { patientId }) => replanPatient(work, patientId))
  events.on(encounterCorrected, async (work, { encounterId }) =>
    replanPatient(work, await patientOf(work, encounterId)),
  )
  for (const event of [appointmentConfirmed, appointmentMoved]) events.on(event, noteBooked)
  events.on(appointmentBooked, noteBooked)
  for (const event of [appointmentCancelled, appointmentDone, appointmentNoShow]) events.on(event, noteUnbooked)
  jobs.on(remindDue, (work) => remindOfDue(work))
  // eight in the morning in Vietnam; the crontab speaks UTC
  jobs.every('0 1 * * *', remindDue)
}

const patientOf = async (work: Work, encounterId: string): Promise<string> =>
  (await asSystem(work, systemActor, (system) => encounterFor(system, encounterId))).patientId
