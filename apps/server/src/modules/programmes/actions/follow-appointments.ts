import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { AppointmentFact } from '../../scheduling/index.ts'

/** Somebody in a programme has an appointment for it: whoever calls the late ones sees it. */
export async function noteBooked(work: Work, booked: AppointmentFact): Promise<void> {
  // of most appointments no programme is said, and a booking asks the database as little as it can
  if (booked.programme === null) return
  const { appointmentId, patientId, programme, at } = booked
  await asSystem(work, systemActor, ({ tx }) =>
    sql`
      update programmes.enrolment e set booked_appointment_id = ${appointmentId}, booked_at = ${at}
      from programmes.programme p
      where p.code = e.programme_code and p.version = e.programme_version and e.patient_id = ${patientId}
        and e.status = 'active' and p.definition->>'booking' = ${programme}`.execute(tx),
  )
}

/** That appointment was kept, missed or cancelled. */
export function noteUnbooked(work: Work, { appointmentId }: AppointmentFact): Promise<void> {
  return asSystem(work, systemActor, async ({ tx }) => {
    await tx
      .updateTable('programmes.enrolment')
      .set({ booked_appointment_id: null, booked_at: null })
      .where('booked_appointment_id', '=', appointmentId)
      .execute()
  })
}
