import type { Platform } from '../../platform/module.ts'
import { visitFinished } from '../calls/index.ts'
import { freeConsultants } from './actions/open-session.ts'
import { onRingDue, ringDue } from './actions/ring-next.ts'

/** The escalation clock, and what follows from a call that ended. */
export function consultsJobs({ jobs, events }: Platform): void {
  jobs.on(ringDue, onRingDue)
  events.on(visitFinished, (work, { visitId }) => freeConsultants(work, visitId))
}
