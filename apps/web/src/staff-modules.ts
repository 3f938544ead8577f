import { auditModule } from './modules/audit/index.ts'
import { callsModule } from './modules/calls/index.ts'
import { consultsModule } from './modules/consults/index.ts'
import { facilitiesModule } from './modules/facilities/index.ts'
import { identityModule } from './modules/identity/index.ts'
import { indicatorsModule } from './modules/indicators/index.ts'
import { meetingsModule } from './modules/meetings/index.ts'
import { newsModule } from './modules/news/index.ts'
import { operationsModule } from './modules/operations/index.ts'
import { prescriptionsModule } from './modules/prescriptions/index.ts'
import { programmesModule } from './modules/programmes/index.ts'
import { recordsModule } from './modules/records/index.ts'
import { referralsModule } from './modules/referrals/index.ts'
import { rosterModule } from './modules/roster/index.ts'
import { schedulingModule } from './modules/scheduling/index.ts'
import { signaturesModule } from './modules/signatures/index.ts'

/** The modules with pages for staff; one line each. */
export const staffModules = [
  identityModule,
  facilitiesModule,
  callsModule,
  consultsModule,
  meetingsModule,
  rosterModule,
  recordsModule,
  prescriptionsModule,
  referralsModule,
  schedulingModule,
  signaturesModule,
  programmesModule,
  newsModule,
  indicatorsModule,
  auditModule,
  operationsModule,
]
