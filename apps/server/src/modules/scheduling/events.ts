import type { AppointmentKind, Programme } from '@moinha/contracts/scheduling'
import { defineEvent } from '../../platform/events/events.ts'

/** What every event of an appointment tells. */
export interface AppointmentFact {
  appointmentId: string
  patientId: string
  facilityId: string
  /** Null for a walk-in nobody has called in yet. */
  practitionerId: string | null
  kind: AppointmentKind
  programme: Programme | null
  /** When the appointment is (not when the event happened). */
  at: Date
}

/** A booking that this very transaction made; it stands as it is told. */
export interface BookedFact extends AppointmentFact {
  bookedAt: Date
}

export const appointmentBooked = defineEvent<BookedFact>('appointmentBooked')
export const appointmentConfirmed = defineEvent<AppointmentFact>('appointmentConfirmed')
export const appointmentMoved = defineEvent<AppointmentFact>('appointmentMoved')
export const appointmentCancelled = defineEvent<AppointmentFact>('appointmentCancelled')
export const appointmentDone = defineEvent<AppointmentFact>('appointmentDone')
export const appointmentNoShow = defineEvent<AppointmentFact>('appointmentNoShow')
