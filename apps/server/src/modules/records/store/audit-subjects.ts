import { sql, type RawBuilder } from 'kysely'
import type { FindBehind, SubjectBehind } from '../../../platform/audit/subjects.ts'

const finder =
  (query: (ids: string[]) => RawBuilder<SubjectBehind>): FindBehind =>
  async ({ tx }, ids) =>
    (await query([...ids]).execute(tx)).rows

export const ofPatients = finder(
  (ids) => sql<SubjectBehind>`
  select id, id as "patientId", home_facility_id as "facilityId" from records.patient where id = any(${ids}::uuid[])`,
)
export const ofEncounters = finder(
  (ids) => sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from records.encounter
    where id = any(${ids}::uuid[])`,
)
export const ofDocuments = finder(
  (ids) => sql<SubjectBehind>`
  select distinct on (id) id, patient_id as "patientId", facility_id as "facilityId" from records.document
    where id = any(${ids}::uuid[]) order by id, version`,
)
export const ofFacts = finder(
  (ids) => sql<SubjectBehind>`
  select id, patient_id as "patientId", null as "facilityId" from records.patient_fact where id = any(${ids}::uuid[])`,
)
export const ofOpenings = finder(
  (ids) => sql<SubjectBehind>`
  select id, patient_id as "patientId", home_facility_id as "facilityId" from records.glass_break
    where id = any(${ids}::uuid[])`,
)
