import { handingOutRoutes } from './handing-out.ts'
import { writingRoutes } from './writing.ts'

export * from './fields.ts'
export * from './handing-out.ts'
export * from './writing.ts'

export const routes = { ...writingRoutes, ...handingOutRoutes }
