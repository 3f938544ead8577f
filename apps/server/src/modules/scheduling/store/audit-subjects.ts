import { sql } from 'kysely'
import { registerAuditSubject, type FindBehind, type SubjectBehind } from '../../../platform/audit/subjects.ts'

const ofAppointments: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from scheduling.appointment where id = any(${[...ids]}::uuid[])`.execute(
      tx,
    )
  ).rows
const ofWaits: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from scheduling.waitlist_entry where id = any(${[...ids]}::uuid[])`.execute(
      tx,
    )
  ).rows

/** Whose the things of this module are; a remote appointment's visit carries its id. */
export function registerSchedulingSubjects(): void {
  registerAuditSubject({ kind: 'appointment', paths: ['/api/appointments/:id'], find: ofAppointments })
  registerAuditSubject({ kind: 'visit', find: ofAppointments })
  registerAuditSubject({ kind: 'waitlist', paths: ['/api/waitlist/:id'], find: ofWaits })
}
