import type { ServerModule } from '../../platform/module.ts'
import { listen } from './listen.ts'
import { routes } from './routes.ts'
import { seedForms, seedRegistered } from './seed.ts'
import { indicatorsKeeps } from './store/keep-reference-rows.ts'

export const indicators: ServerModule = {
  name: 'indicators',
  keeps: indicatorsKeeps,
  routes,
  jobs: listen,
  seed: seedForms,
  seedDemo: seedRegistered,
}
