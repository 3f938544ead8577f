import type { ServerModule } from '../../platform/module.ts'
import { facilitiesLive } from './live.ts'
import { facilityRoutes } from './routes.ts'
import { seedNetworks } from './seed.ts'

export { facilityIdOf } from './domain/facility-id.ts'
export { facilityCard, facilityCards, pathOf, subtreeIds, type FacilityCard } from './store/facility-lookup.ts'
export { supportRoutes, type SupportRoute } from './store/support-routes.ts'
export { facilityChanged } from './events.ts'
export { findOrFoundRoot, type Root } from './actions/found-root.ts'
export { mustAnnounceAgain } from './actions/announce-service.ts'

export const facilities: ServerModule = {
  name: 'facilities',
  routes: facilityRoutes,
  live: facilitiesLive,
  seed: seedNetworks,
}
