import { roomRoutes } from './room.ts'
import { visitRoutes } from './visits.ts'

export * from './room.ts'
export * from './visits.ts'

export const routes = { ...visitRoutes, ...roomRoutes }
