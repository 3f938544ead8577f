import { z } from 'zod'
import { Id, LocalTime } from '../common.ts'
import { AppointmentKind } from './appointment-codes.ts'
import { Qualification } from '../qualifications.ts'

/** What a person may do with this appointment now; screens show these and nothing else. */
export const appointmentActions = [
  'confirm',
  'acknowledge',
  'move',
  'cancel',
  'arrive',
  'start',
  'no_show',
  'join',
] as const

export const FacilityId = z.object({ facilityId: Id })

export const Weekday = z.number().int().min(1).max(7)

export const Kinds = z.array(AppointmentKind).min(1).max(3)

/** End of an opening; `24:00` is midnight at the end of the day. */
export const EndTime = z.union([LocalTime, z.literal('24:00')])

export const SlotMinutes = z.number().int().min(5).max(120)

/** The public face of a health worker: who they are and by which licence (REQ-TELE-05). */
export const Worker = z.object({
  personId: Id,
  fullName: z.string(),
  qualification: Qualification,
  title: z.string(),
  degree: z.string(),
  specialties: z.array(z.string()),
  licenceNo: z.string(),
})
export type Worker = z.infer<typeof Worker>

export type AppointmentAction = (typeof appointmentActions)[number]
