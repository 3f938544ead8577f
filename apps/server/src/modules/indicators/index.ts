import type { ServerModule } from '../../platform/module.ts'
import { listen } from './listen.ts'
import { routes } from './routes.ts'
import { seedForms, seedRegistered } from './seed.ts'

export const indicators: ServerModule = {
  name: 'indicators',
  routes,
  jobs: listen,
  seed: seedForms,
  seedDemo: seedRegistered,
}
