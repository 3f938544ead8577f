import { answerRoutes } from './answers.ts'
import { consultRoutes } from './consult.ts'
import { requestRoutes } from './requests.ts'
import { routingRoutes } from './routing.ts'
import { sessionRoutes } from './session.ts'
import { minutesRoutes } from './sign-minutes.ts'

export * from './answers.ts'
export * from './codes.ts'
export * from './consult.ts'
export * from './minutes.ts'
export * from './requests.ts'
export * from './routing.ts'
export * from './session.ts'
export * from './sign-minutes.ts'

export const routes = {
  ...routingRoutes,
  ...consultRoutes,
  ...requestRoutes,
  ...answerRoutes,
  ...sessionRoutes,
  ...minutesRoutes,
}
