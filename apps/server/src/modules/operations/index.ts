import type { ServerModule } from '../../platform/module.ts'
import { operationsRoutes } from './routes.ts'

export const operations: ServerModule = { name: 'operations', routes: operationsRoutes }
