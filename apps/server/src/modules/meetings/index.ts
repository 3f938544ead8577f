import type { ServerModule } from '../../platform/module.ts'
import { meetingsDeclares } from './declares.ts'
import { meetingsJobs } from './jobs.ts'
import { meetingsRoutes } from './routes.ts'
import { seedDemo } from './seed.ts'
import './store/tables.ts'

export * from './events.ts'
export { attendingUnits } from './policy.ts'
export { briefingPlans } from './store/setting-rows.ts'

export const meetings: ServerModule = {
  name: 'meetings',
  declares: meetingsDeclares,
  routes: (app, { config, files }) =>
    meetingsRoutes(app, { publicUrl: config.PUBLIC_URL?.replace(/\/$/, '') ?? null, files }),
  jobs: meetingsJobs,
  seedDemo,
}
