import type { ServerModule } from '../../platform/module.ts'
import { newsDeclares } from './declares.ts'
import { newsJobs } from './jobs.ts'
import { newsLive } from './live.ts'
import { newsRoutes } from './routes.ts'
import { seedDemo } from './seed.ts'

export * from './events.ts'

export const news: ServerModule = {
  name: 'news',
  declares: newsDeclares,
  routes: newsRoutes,
  jobs: newsJobs,
  live: newsLive,
  seedDemo,
}
