import { visitRoutes } from './visits.ts'

export * from './visits.ts'

export const routes = { ...visitRoutes }
