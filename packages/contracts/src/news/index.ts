import { feedRoutes } from './feed.ts'
import { outreachRoutes } from './outreach.ts'
import { publishingRoutes } from './publishing.ts'

export * from './feed.ts'
export * from './fields.ts'
export * from './outreach.ts'
export * from './publishing.ts'

export const routes = { ...feedRoutes, ...publishingRoutes, ...outreachRoutes }
