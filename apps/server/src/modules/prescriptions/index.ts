import type { ServerModule } from '../../platform/module.ts'
import { prescriptionsDeclares } from './declares.ts'
import { prescriptionsJobs } from './jobs.ts'
import { prescriptionsRoutes } from './routes.ts'
import { seed } from './seed.ts'

export const prescriptions: ServerModule = {
  name: 'prescriptions',
  declares: prescriptionsDeclares,
  routes: prescriptionsRoutes,
  jobs: prescriptionsJobs,
  seed,
}
