import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { sweepPages } from './actions/open-pages.ts'

const sweep = defineJob<Record<string, never>>('roster.sweep-pages')

/** Once a minute, people whose process died are told to be offline. */
export function rosterJobs({ jobs }: Platform): void {
  jobs.on(sweep, (work) => sweepPages(work))
  jobs.every('* * * * *', sweep)
}
