import type { ServerModule } from '../../platform/module.ts'
import { programmeDeclares } from './declares.ts'
import { programmeJobs } from './jobs.ts'
import { programmeRoutes } from './routes.ts'
import { seed } from './seed.ts'

export const programmes: ServerModule = {
  name: 'programmes',
  declares: programmeDeclares,
  routes: programmeRoutes,
  jobs: programmeJobs,
  seed,
}
