import { contractRoutes } from './contracts.ts'
import { editUnitRoutes } from './edit-unit.ts'
import { networkRoutes } from './network.ts'
import { profileRoutes } from './profile.ts'
import { spreadsheetRoutes } from './spreadsheets.ts'

export * from './codes.ts'
export * from './contracts.ts'
export * from './edit-unit.ts'
export * from './network.ts'
export * from './profile.ts'
export * from './spreadsheets.ts'

export const routes = { ...profileRoutes, ...networkRoutes, ...editUnitRoutes, ...contractRoutes, ...spreadsheetRoutes }
