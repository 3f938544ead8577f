import { sql } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

// Whose the things of this module are, for refusals and lists that name only the thing.

export const ofAppointments: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from scheduling.appointment
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
export const ofWaits: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from scheduling.waitlist_entry
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
