import type { ServerModule } from '../../platform/module.ts'
import { schedulingDeclares } from './declares.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
import { seed, seedDemo } from './seed.ts'

export { bookAppointment, type Booking } from './actions/book-slot.ts'
export * from './events.ts'

export const scheduling: ServerModule = {
  name: 'scheduling',
  declares: schedulingDeclares,
  routes,
  jobs,
  seed,
  seedDemo,
}
