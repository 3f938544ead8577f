import type { ServerModule } from '../../platform/module.ts'
import { recordsJobs } from './jobs.ts'
import { recordsRoutes } from './routes.ts'
import { seed } from './seed.ts'
import { seedDemo } from './seed-demo.ts'

export { ensurePatient } from './actions/ensure-patient.ts'
export { fileDocument, type DocumentFiled } from './actions/file-document.ts'
export { emergencyEnd, endAccess, grantAccess, type AccessEnding, type AccessGrant } from './actions/grant-access.ts'
export {
  encounterFor,
  linkVisit,
  noteUpperLevel,
  openEncounter,
  type EncounterForModules,
  type EncounterStart,
} from './actions/open-encounter.ts'
export { finishedEncounter } from './actions/finished-encounter.ts'
export { registerCareSubject, type CareJudge, type CareOver, type OpenCare } from './care-subjects.ts'
export {
  encounterCancelled,
  encounterCorrected,
  encounterFinished,
  upperLevelChanged,
  type FinishedEncounter,
} from './domain/events.ts'
export { patientCards, type PatientCard } from './store/cards.ts'
export { observationsOf } from './store/encounters.ts'
export type { CareReason, RemoteMode } from './store/tables.ts'

export const records: ServerModule = { name: 'records', routes: recordsRoutes, jobs: recordsJobs, seed, seedDemo }
