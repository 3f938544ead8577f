import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { Programme } from '@moinha/contracts/scheduling'

/** A booking that stands, as other modules may count it. */
export interface StandingBooking {
  appointmentId: string
  patientId: string
  facilityId: string
  practitionerId: string | null
  programme: Programme | null
  bookedAt: Date
}

/** The booking as it stands now, unless it was called off; a walk-in and a slot held for the waitlist are none. */
export async function standingBooking(work: Work, id: string): Promise<StandingBooking | undefined> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('scheduling.appointment')
      .where('id', '=', id)
      .where('booked_at', 'is not', null)
      .where('state', 'not in', ['cancelled', 'offered', 'released'])
      .select(['id', 'patient_id', 'facility_id', 'practitioner_id', 'programme', 'booked_at'])
      .executeTakeFirst(),
  )
  if (!row?.booked_at) return undefined
  return {
    appointmentId: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    practitionerId: row.practitioner_id,
    programme: row.programme,
    bookedAt: row.booked_at,
  }
}
