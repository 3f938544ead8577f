import { systemActor } from '../../platform/access/actor.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { endFormerHomes, sweepCare } from './actions/sweep-care.ts'
import { tellOfBrokenGlass } from './actions/tell-of-broken-glass.ts'
import { registerCareSubject } from './care-subjects.ts'
import { glassBroken } from './domain/events.ts'
import { judgeEncounters } from './store/encounter-care.ts'

/** Ends forgotten ways into records, each night. */
export const sweepAccess = defineJob<Record<string, never>>('records.sweepCare')

export function recordsJobs({ jobs, events, act, log }: Platform): void {
  registerCareSubject('encounter', { lapseKey: 'encounter_lapses_after_days', judge: judgeEncounters })
  events.on(glassBroken, tellOfBrokenGlass)
  jobs.onOutside(sweepAccess, async () => {
    const moved = await act(systemActor, endFormerHomes, 'records.sweepCare')
    const ended = moved + (await sweepCare(act))
    log.info({ ended }, 'forgotten ways into records ended')
  })
  // twenty past one at night in Vietnam; the crontab speaks UTC
  jobs.every('20 18 * * *', sweepAccess)
}
