import { systemActor } from '../../platform/access/actor.ts'
import type { Platform } from '../../platform/module.ts'
import { sweepPages } from './actions/open-pages.ts'

const sweepSeconds = 5

/** People whose pages went silent, e.g. with the process that held them, are told to be offline. */
export function rosterJobs({ jobs, transact }: Platform): void {
  jobs.sweep('roster.open-pages', sweepSeconds, () => transact(systemActor, sweepPages, 'sweep'))
}
