import { sql } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

export const ofEnrolments: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
    select id, patient_id as "patientId", facility_id as "facilityId" from programmes.enrolment
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
