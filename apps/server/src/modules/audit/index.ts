import type { ServerModule } from '../../platform/module.ts'
import { auditJobs } from './jobs.ts'
import { auditRoutes } from './routes.ts'

// for the command line, which verifies without a server
export { verifyChains, type Verdict } from './actions/verify-chains.ts'
export { openHeadLog } from './ports/head-log.ts'
export { newSigningKey, publicKeyPem, trustedKeys } from './ports/signing-key.ts'
export { chainSource, type RunQuery } from './store/chain-rows.ts'
export { headsDir } from './jobs.ts'

export const audit: ServerModule = { name: 'audit', routes: auditRoutes, jobs: auditJobs }
