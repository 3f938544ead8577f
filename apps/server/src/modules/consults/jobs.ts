import type { Platform } from '../../platform/module.ts'
import { visitFinished } from '../calls/index.ts'
import { registerCareSubject } from '../records/index.ts'
import { freeConsultants } from './actions/open-session.ts'
import { onRingDue, ringDue } from './actions/ring-next.ts'
import { registerConsultsSubjects } from './store/audit-subjects.ts'
import { judgeConsults } from './store/consult-care.ts'

/** The escalation clock, and what follows from a call that ended. */
export function consultsJobs({ jobs, events }: Platform): void {
  jobs.on(ringDue, onRingDue)
  registerConsultsSubjects()
  registerCareSubject('consult', { lapseKey: 'consult_lapses_after_days', judge: judgeConsults })
  events.on(visitFinished, (work, { visitId }) => freeConsultants(work, visitId))
}
