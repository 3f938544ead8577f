import type { ServerModule } from '../../platform/module.ts'
import { schedulingDeclares } from './declares.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
import { seed, seedDemo } from './seed.ts'

export { bookAppointment, type Booking } from './actions/book-slot.ts'
export { appointmentFor, type AppointmentCard } from './actions/read-appointment.ts'
export {
  appointmentBooked,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentDone,
  appointmentMoved,
  appointmentNoShow,
  type AppointmentFact,
} from './events.ts'

export const scheduling: ServerModule = {
  name: 'scheduling',
  declares: schedulingDeclares,
  routes,
  jobs,
  seed,
  seedDemo,
}
