import { appointmentRoutes } from './appointments.ts'
import { helpingRoutes } from './booking-helpers.ts'
import { bookingSettingsRoutes } from './booking-settings.ts'
import { freeSlotRoutes } from './free-slots.ts'
import { stationDayRoutes } from './station-day.ts'
import { waitlistRoutes } from './waitlist.ts'
import { workingHoursRoutes } from './working-hours.ts'

export * from '../free-times.ts'
export * from './appointment-codes.ts'
export * from './appointments.ts'
export * from './booking-helpers.ts'
export * from './booking-settings.ts'
export * from './fields.ts'
export * from './free-slots.ts'
export * from './station-day.ts'
export * from './waitlist.ts'
export * from './working-hours.ts'

export const routes = {
  ...freeSlotRoutes,
  ...appointmentRoutes,
  ...stationDayRoutes,
  ...waitlistRoutes,
  ...workingHoursRoutes,
  ...bookingSettingsRoutes,
  ...helpingRoutes,
}
