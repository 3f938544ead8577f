import { sql } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

// Whose the slips are, for refusals and lists that name only the slip.

export const ofSlips: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from referrals.slip
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
