import { sql } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

// Whose the things of this module are, for refusals and lists that name only the thing.

export const ofConsults: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", requesting_facility_id as "facilityId" from consults.consult
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
