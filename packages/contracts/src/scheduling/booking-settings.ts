import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { FacilityId } from './fields.ts'

export const BookingSettings = z.object({
  /** Bookings by citizens need no yes of the station. */
  autoConfirm: z.boolean(),
  /** How far ahead citizens may book. */
  horizonDays: z.number().int().min(1).max(365),
  /** How long a freed time is held for one person of the waitlist. */
  offerMinutes: z.number().int().min(5).max(1440),
})
export type BookingSettings = z.infer<typeof BookingSettings>

const KeptSettings = BookingSettings.extend({
  /** `If-Match` of the next change: of two who change them at once the second is told what stands. */
  version: z.string(),
})

export const getBookingSettings = defineRoute({
  id: 'scheduling.getBookingSettings',
  method: 'GET',
  path: '/api/facilities/:facilityId/booking-settings',
  permission: 'schedule.manage',
  summary: 'How a unit takes bookings',
  params: FacilityId,
  reply: KeptSettings,
})

export const saveBookingSettings = defineRoute({
  id: 'scheduling.saveBookingSettings',
  method: 'PUT',
  path: '/api/facilities/:facilityId/booking-settings',
  permission: 'schedule.manage',
  idempotent: true,
  ifMatch: 'optional',
  summary: 'Change how a unit takes bookings',
  params: FacilityId,
  body: BookingSettings,
  reply: KeptSettings,
})

export const bookingSettingsRoutes = { getBookingSettings, saveBookingSettings }
