import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { BookedFact } from '../events.ts'

/**
 * What a booking counts as by its facts of now, whoever acts: on the day somebody booked, not on the day of the
 * appointment, and not when it was called off. A walk-in and a slot held for the waitlist are no bookings.
 */
export async function bookingActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('scheduling.appointment')
      .where('id', '=', id)
      .where('booked_at', 'is not', null)
      .where('state', 'not in', ['cancelled', 'offered', 'released'])
      .select(['patient_id', 'facility_id', 'practitioner_id', 'programme', 'booked_at'])
      .executeTakeFirst(),
  )
  if (!row?.booked_at) return []
  return [
    {
      kind: 'appointment_booked',
      at: row.booked_at,
      facilityId: row.facility_id,
      practitionerId: row.practitioner_id,
      patientId: row.patient_id,
      programme: row.programme,
    },
  ]
}

/** The same of a booking that was just made, as its event tells it. */
export function bookedActivity(booked: BookedFact): ExpectedActivity {
  const { bookedAt: at, facilityId, practitionerId, patientId, programme } = booked
  return { kind: 'appointment_booked', at, facilityId, practitionerId, patientId, programme }
}
