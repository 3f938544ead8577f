import type { ServerModule } from '../../platform/module.ts'
import { publicRoutes } from './routes.ts'
import { seedNetworks } from './seed.ts'

export { facilityIdOf } from './domain/facility-id.ts'
export { facilityCard, facilityCards, pathOf, subtreeIds, type FacilityCard } from './store/facility-lookup.ts'
export { supportRoutes, type SupportRoute } from './store/support-routes.ts'

export const facilities: ServerModule = { name: 'facilities', routes: publicRoutes, seed: seedNetworks }
