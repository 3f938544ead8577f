import type { Config } from '../../platform/config/config.ts'
import type { BeginStep } from '../../platform/http/serve.ts'
import type { ServerModule } from '../../platform/module.ts'
import { NoAnswer, signRequest, type SigningResult } from './actions/sign-now.ts'
import { signaturesJobs } from './jobs.ts'
import { signingService } from './service.ts'

export { completeSigning, voidSigning, type SigningResult } from './actions/sign-now.ts'
export { prepareSigning } from './actions/prepare-signing.ts'
export { signaturesErrors } from './errors.ts'
// what tests of other modules build on
export { startFakeSigning, type FakeSigning } from './ports/remote-signing-fake.ts'
export * from './events.ts'

/**
 * Steps two and three for a request that `prepareSigning` wrote down; call it outside any transaction. A service that
 * does not answer leaves the request `prepared`, and the sweep asks it again.
 */
export async function signNow(config: Config, begin: BeginStep, id: string): Promise<SigningResult> {
  try {
    return await signRequest(begin, signingService(config), id)
  } catch (error) {
    if (error instanceof NoAnswer) return { state: 'prepared', reason: null }
    throw error
  }
}

export const signatures: ServerModule = { name: 'signatures', jobs: signaturesJobs }
