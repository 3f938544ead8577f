import { sql, type RawBuilder } from 'kysely'
import { registerAuditSubject, type FindBehind, type SubjectBehind } from '../../../platform/audit/subjects.ts'

const finder =
  (query: (ids: string[]) => RawBuilder<SubjectBehind>): FindBehind =>
  async ({ tx }, ids) =>
    (await query([...ids]).execute(tx)).rows

const ofPatients = finder(
  (ids) => sql<SubjectBehind>`
  select id, id as "patientId", home_facility_id as "facilityId" from records.patient where id = any(${ids}::uuid[])`,
)
const ofEncounters = finder(
  (ids) => sql<SubjectBehind>`
  select id, patient_id as "patientId", facility_id as "facilityId" from records.encounter where id = any(${ids}::uuid[])`,
)
const ofDocuments = finder(
  (ids) => sql<SubjectBehind>`
  select distinct on (id) id, patient_id as "patientId", facility_id as "facilityId" from records.document where id = any(${ids}::uuid[]) order by id, version`,
)
const ofOpenings = finder(
  (ids) => sql<SubjectBehind>`
  select id, patient_id as "patientId", home_facility_id as "facilityId" from records.glass_break where id = any(${ids}::uuid[])`,
)

/** Whose the things of this module are, for refusals that name only the thing. */
export function registerRecordsSubjects(): void {
  registerAuditSubject({ kind: 'patient', find: ofPatients })
  registerAuditSubject({ kind: 'encounter', paths: ['/api/encounters/:id'], find: ofEncounters })
  registerAuditSubject({ kind: 'document', paths: ['/api/documents/:id'], find: ofDocuments })
  registerAuditSubject({
    kind: 'emergency_opening',
    paths: ['/api/emergency-openings/:id', '/api/emergency-notices/:id'],
    find: ofOpenings,
  })
}
