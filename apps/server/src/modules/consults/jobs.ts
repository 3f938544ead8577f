import type { Platform } from '../../platform/module.ts'
import { visitFinished } from '../calls/index.ts'
import { particularsCorrected } from '../identity/index.ts'
import { encounterCancelled } from '../records/index.ts'
import { signatureEnded, signatureMade } from '../signatures/index.ts'
import { nameOpenConsults } from './actions/name-open-consults.ts'
import { noteEndedSignature } from './actions/note-ended-signature.ts'
import { freeConsultants } from './actions/open-session.ts'
import { completeMinutes } from './actions/sign-minutes.ts'
import { withdrawWithEncounter } from './actions/withdraw-consult.ts'
import { onRingDue, ringDue } from './actions/ring-next.ts'
import { ringOverdue } from './actions/ring-overdue.ts'

const overdueSeconds = 5

/** The escalation clock, and what follows from a call that ended. */
export function consultsJobs({ jobs, events, transact, log, config }: Platform): void {
  jobs.on(ringDue, onRingDue)
  jobs.sweep('consults.overdue-rings', overdueSeconds, () => ringOverdue(transact, log))
  events.on(visitFinished, (work, { visitId }) => freeConsultants(work, visitId))
  events.on(encounterCancelled, withdrawWithEncounter)
  events.on(signatureMade, (work, made) => completeMinutes(work, made, config))
  events.on(signatureEnded, noteEndedSignature)
  events.on(particularsCorrected, (work, { personId }) => nameOpenConsults(work, personId))
}
