import type { ServerModule } from '../../platform/module.ts'
import { facilitiesLive } from './live.ts'
import { facilityRoutes } from './routes.ts'
import { seedContracts } from './seed-contracts.ts'
import { seedNetworks } from './seed.ts'

export { foldWord, type FileRow } from './domain/sheets.ts'
export { facilityErrors } from './errors.ts'
export { readTable, writeTables } from './ports/tables.ts'
export { facilityIdOf } from './domain/facility-id.ts'
export { facilityCard, facilityCards, pathOf, subtreeIds, type FacilityCard } from './store/facility-lookup.ts'
export { pilotStations, specialtiesBacked, unitsAbove } from './store/backing.ts'
export { healthFacilityCode } from './store/facility-codes.ts'
export { heirPaths, inhabitantsOf } from './store/heirs.ts'
export { supportRoutes } from './store/support-routes.ts'
export { mustAnnounceAgain } from './actions/announce-service.ts'
export { announcedOn } from './store/announced-on.ts'
export { contractOn } from './store/contracts.ts'
export * from './events.ts'
export { findOrFoundRoot, type Root } from './actions/found-root.ts'

export const facilities: ServerModule = {
  name: 'facilities',
  publishes: [
    { name: 'facilities.unit', why: 'names and places of units, of those that ended too' },
    { name: 'facilities.current_path', why: 'where a unit stands in the tree today' },
    { name: 'facilities.tree_path', why: 'the same on every date; derived, these three columns and no more' },
    { name: 'facilities.specialty', why: 'the list of specialty codes with their names' },
    { name: 'facilities.announced_service', why: 'which remote services a unit may offer on a day' },
  ],
  routes: facilityRoutes,
  live: facilitiesLive,
  seed: seedNetworks,
  seedDemo: seedContracts,
}
