import { sql } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

/** Whose prescriptions are, for refusals that name only the thing. */
export const ofPrescriptions: FindBehind = async ({ tx }, ids) =>
  (
    await sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from prescriptions.prescription
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
