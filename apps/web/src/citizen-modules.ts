import { callsModule } from './modules/calls/index.ts'
import { identityModule } from './modules/identity/index.ts'
import { newsModule } from './modules/news/index.ts'
import { prescriptionsModule } from './modules/prescriptions/index.ts'
import { programmesModule } from './modules/programmes/index.ts'
import { recordsModule } from './modules/records/index.ts'
import { schedulingModule } from './modules/scheduling/index.ts'
import { signaturesModule } from './modules/signatures/index.ts'

/** The modules with pages for citizens; one line each. */
export const citizenModules = [
  identityModule,
  callsModule,
  recordsModule,
  schedulingModule,
  programmesModule,
  newsModule,
  signaturesModule,
  prescriptionsModule,
]
