import type { ServerModule } from '../../platform/module.ts'
import { rosterJobs } from './jobs.ts'
import { watchPages } from './live.ts'
import { rosterRoutes } from './routes.ts'
import { seedRoster } from './seed.ts'

export { tellPresence } from './actions/tell-presence.ts'
export { dutyLeads, onDuty, presenceOf, specialtiesOnDuty } from './store/duty-lookup.ts'

export const roster: ServerModule = {
  name: 'roster',
  routes: rosterRoutes,
  jobs: rosterJobs,
  live: watchPages,
  seed: seedRoster,
  seedDemo: seedRoster,
}
