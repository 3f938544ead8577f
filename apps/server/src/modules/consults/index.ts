import type { ServerModule } from '../../platform/module.ts'
import { consultsDeclares } from './declares.ts'
import { consultsJobs } from './jobs.ts'
import { consultsRoutes } from './routes.ts'
import { seedDemo } from './seed-demo.ts'

export * from './events.ts'

export const consults: ServerModule = {
  name: 'consults',
  declares: consultsDeclares,
  routes: consultsRoutes,
  jobs: consultsJobs,
  seedDemo,
}
