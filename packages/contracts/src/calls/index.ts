import { guestRoutes } from './guests.ts'
import { visitRoutes } from './visits.ts'

export * from './guests.ts'
export * from './visits.ts'

export const routes = { ...visitRoutes, ...guestRoutes }
