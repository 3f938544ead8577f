import { breakGlassRoutes } from './break-glass.ts'
import { diagnosisRoutes } from './diagnoses.ts'
import { documentRoutes } from './documents.ts'
import { emergencyRoutes } from './emergency.ts'
import { encounterRoutes } from './encounters.ts'
import { factRoutes } from './facts.ts'
import { guardianRoutes } from './guardians.ts'
import { historyRoutes } from './history.ts'
import { ownRecordRoutes } from './own-record.ts'
import { patientRoutes } from './patients.ts'
import { pilotRoutes } from './pilots.ts'
import { remoteCareRoutes } from './remote-care.ts'
import { teleImportRoutes } from './tele-import.ts'

export * from './break-glass.ts'
export * from './codes.ts'
export * from './diagnoses.ts'
export * from './documents.ts'
export * from './emergency.ts'
export * from './encounters.ts'
export * from './facts.ts'
export * from './guardians.ts'
export * from './history.ts'
export * from './lines.ts'
export * from './own-record.ts'
export * from './patients.ts'
export * from './pilots.ts'
export * from './remote-care.ts'
export * from './tele-import.ts'

export const routes = {
  ...patientRoutes,
  ...breakGlassRoutes,
  ...guardianRoutes,
  ...encounterRoutes,
  ...diagnosisRoutes,
  ...factRoutes,
  ...historyRoutes,
  ...documentRoutes,
  ...remoteCareRoutes,
  ...pilotRoutes,
  ...teleImportRoutes,
  ...ownRecordRoutes,
  ...emergencyRoutes,
}
