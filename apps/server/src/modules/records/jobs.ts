import { systemActor } from '../../platform/access/actor.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { endFormerHomes, sweepCare } from './actions/sweep-care.ts'
import { registerCareSubject } from './care-subjects.ts'
import { judgeEncounters } from './store/encounter-care.ts'

/** Ends forgotten ways into records, each night. */
export const sweepAccess = defineJob<Record<string, never>>('records.sweepCare')

export function recordsJobs({ jobs, act, log }: Platform): void {
  registerCareSubject('encounter', { lapseKey: 'encounter_lapses_after_days', judge: judgeEncounters })
  jobs.onOutside(sweepAccess, async () => {
    const moved = await act(systemActor, endFormerHomes, 'records.sweepCare')
    const ended = moved + (await sweepCare(act))
    log.info({ ended }, 'forgotten ways into records ended')
  })
  // twenty past one at night in Vietnam; the crontab speaks UTC
  jobs.every('20 18 * * *', sweepAccess)
}
