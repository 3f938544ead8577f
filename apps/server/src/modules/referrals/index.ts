import type { ServerModule } from '../../platform/module.ts'
import { referralsDeclares } from './declares.ts'
import { referralsJobs } from './jobs.ts'
import { referralsRoutes } from './routes.ts'

export const referrals: ServerModule = {
  name: 'referrals',
  declares: referralsDeclares,
  routes: referralsRoutes,
  jobs: referralsJobs,
}
