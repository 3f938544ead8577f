import type { ServerModule } from '../../platform/module.ts'
import { jobs } from './jobs.ts'
import { recordsRoutes } from './routes.ts'
import { seed } from './seed.ts'
import { seedDemo } from './seed-demo.ts'

export { ensurePatient } from './actions/ensure-patient.ts'
export { fileDocument, type DocumentFiled } from './actions/file-document.ts'
export { emergencyEnd, endCare, startCare, type CareStart } from './actions/keep-care-relationship.ts'
export { encounterFor, linkVisit, markReferredUp, openEncounter, type EncounterFacts, type EncounterStart } from './actions/open-encounter.ts'
export { encounterCancelled, encounterFinished } from './domain/events.ts'
export { patientCards, type PatientCard } from './store/cards.ts'
export { observationsOf } from './store/encounters.ts'
export type { CareReason, RemoteMode } from './store/tables.ts'

export const records: ServerModule = { name: 'records', routes: recordsRoutes, jobs, seed, seedDemo }
