import type { ServerModule } from '../../platform/module.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
import { seed, seedDemo } from './seed.ts'

export { bookAppointment, type Booking } from './actions/book-slot.ts'
export { appointmentFor, type AppointmentCard } from './actions/read-appointment.ts'
export { standingBooking, type StandingBooking } from './actions/standing-booking.ts'
export {
  appointmentBooked,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentDone,
  appointmentMoved,
  appointmentNoShow,
  type AppointmentFact,
  type BookedFact,
} from './events.ts'

export const scheduling: ServerModule = { name: 'scheduling', routes, jobs, seed, seedDemo }
