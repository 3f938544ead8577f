import type { ServerModule } from '../../platform/module.ts'
import { recordsDeclares } from './declares.ts'
import { recordsJobs } from './jobs.ts'
import { recordsRoutes } from './routes.ts'
import { seed } from './seed.ts'
import { seedDemo } from './seed-demo.ts'
import { recordsKeeps } from './store/keep-reference-rows.ts'

export { ensurePatient } from './actions/ensure-patient.ts'
export { fileDocument } from './actions/file-document.ts'
export { mayTreat, patientParticulars, type PatientParticulars } from './actions/for-prescribing.ts'
export { holdPlaceForPrescription } from './actions/hold-pilot-place.ts'
export { paperOfDraft, renderDocument } from './actions/print-document.ts'
export { emergencyEnd, endAccess, grantAccess } from './actions/grant-access.ts'
export {
  encounterFor,
  linkVisit,
  noteUpperLevel,
  openEncounter,
  type EncounterForModules,
} from './actions/open-encounter.ts'
export { careReasons, type CareJudge, type CareOver, type OpenCare } from './care-reasons.ts'
export { documentKinds } from './document-kinds.ts'
export * from './domain/events.ts'
export { holdEncounter, latestVitals } from './store/encounter-reads.ts'
export { finishedVisits, type FinishedVisit } from './store/finished-visits.ts'
export { allergiesOf, currentMedicinesOf } from './store/facts.ts'
export { lostAccessSince } from './store/relationships.ts'
export { registeredPatients, type PatientProof } from './store/registered-patients.ts'
export { patientOnPaper } from './actions/patient-on-paper.ts'
export { patientCards, type PatientCard } from './store/cards.ts'

export const records: ServerModule = {
  name: 'records',
  publishes: [
    { name: 'records.patient_card', why: 'whom an appointment, a case or a message is about' },
    { name: 'records.encounter_card', why: 'what a request for help takes over from its encounter' },
  ],
  declares: recordsDeclares,
  keeps: recordsKeeps,
  routes: recordsRoutes,
  jobs: recordsJobs,
  seed,
  seedDemo,
}
