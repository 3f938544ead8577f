import { z } from 'zod'

/** How the two meet. Remote advice and remote examination are different services by law (REQ-TELE-02). */
export const appointmentKinds = ['in_person', 'remote_advice', 'remote_examination'] as const
export const AppointmentKind = z.enum(appointmentKinds)

/** Programmes a station keeps appointments for (domain notes on forms, §3). */
export const programmes = ['antenatal', 'hypertension', 'child_health', 'other'] as const
export const Programme = z.enum(programmes)

/** `moved`: the station changed time or worker and the citizen has not yet said they know. It holds its slot like `confirmed`. */
export const appointmentStates = [
  'requested',
  'confirmed',
  'moved',
  'arrived',
  'in_progress',
  'done',
  'no_show',
  'cancelled',
] as const
export const AppointmentState = z.enum(appointmentStates)

export const appointmentOrigins = ['citizen', 'desk', 'walk_in', 'waitlist', 'helper'] as const

export type AppointmentKind = z.infer<typeof AppointmentKind>
export type AppointmentState = z.infer<typeof AppointmentState>
export type AppointmentOrigin = (typeof appointmentOrigins)[number]
export type Programme = z.infer<typeof Programme>
