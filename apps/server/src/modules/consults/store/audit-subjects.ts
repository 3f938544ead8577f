import { sql } from 'kysely'
import { registerAuditSubject, type FindBehind, type SubjectBehind } from '../../../platform/audit/subjects.ts'

const ofConsults: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", requesting_facility_id as "facilityId" from consults.consult where id = any(${[...ids]}::uuid[])`.execute(
      tx,
    )
  ).rows

/** Whose the things of this module are; a consult's own visit carries its id. */
export function registerConsultsSubjects(): void {
  registerAuditSubject({ kind: 'consult', paths: ['/api/consults/:id'], find: ofConsults })
  registerAuditSubject({ kind: 'visit', find: ofConsults })
}
