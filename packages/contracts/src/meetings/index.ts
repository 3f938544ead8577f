import { attendingRoutes } from './attending.ts'
import { documentRoutes } from './documents.ts'
import { meetingRoutes } from './meetings.ts'
import { minutesRoutes } from './minutes.ts'
import { planningRoutes } from './planning.ts'

export * from './attending.ts'
export * from './documents.ts'
export * from './fields.ts'
export * from './meetings.ts'
export * from './minutes.ts'
export * from './planning.ts'

export const routes = { ...meetingRoutes, ...planningRoutes, ...attendingRoutes, ...minutesRoutes, ...documentRoutes }
