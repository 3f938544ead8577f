import type { ServerModule } from '../../platform/module.ts'
import { auditJobs } from './jobs.ts'
import { auditRoutes } from './routes.ts'

// for the command line, which verifies without a server
export { declareRestore } from './actions/declare-restore.ts'
export { readOutside } from './actions/read-outside.ts'
export { verifyChains } from './actions/verify-chains.ts'
export type { Break } from './domain/chain-facts.ts'
export { openHeadLog } from './ports/head-log.ts'
export { newSigningKey, publicKeyPem, signingKey, trustedKeys } from './ports/signing-key.ts'
export { chainSource, signedInside, type RunQuery } from './store/chain-rows.ts'
export { headsDir } from './jobs.ts'

export const audit: ServerModule = { name: 'audit', routes: auditRoutes, jobs: auditJobs }
