import { messageRoutes } from './messages.ts'
import { visitRoutes } from './visits.ts'

export * from './messages.ts'
export * from './visits.ts'

export const routes = { ...visitRoutes, ...messageRoutes }
