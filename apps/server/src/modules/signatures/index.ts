import type { Config } from '../../platform/config/config.ts'
import type { Work } from '../../platform/db/work.ts'
import type { BeginStep } from '../../platform/http/serve.ts'
import type { ServerModule } from '../../platform/module.ts'
import { NoAnswer, signRequest, type SigningResult } from './actions/sign-now.ts'
import { signaturesJobs } from './jobs.ts'
import { signaturesRoutes } from './routes.ts'
import { signingService } from './service.ts'
import { findPaper, lockPaper, type PaperKey } from './store/signed-papers.ts'

export { completeSigning, voidSigning, type SigningResult } from './actions/sign-now.ts'
export { prepareSigning } from './actions/prepare-signing.ts'
export { requireUnlocked } from './actions/require-unlocked.ts'
export { signaturesErrors } from './errors.ts'
export { signableKinds, type SignableKind, type WaitingPaper } from './signable-kinds.ts'
// what tests of other modules build on
export { startFakeSigning, type FakeSigning } from './ports/remote-signing-fake.ts'
export * from './events.ts'

/**
 * Steps two and three for a request that `prepareSigning` wrote down; call it outside any transaction. A service that
 * does not answer leaves the request `prepared`, and the sweep asks it again. `token`: what unlocking the signer's key
 * gave.
 */
export async function signNow(
  config: Config,
  begin: BeginStep,
  id: string,
  token: string | undefined,
): Promise<SigningResult> {
  try {
    return await signRequest(begin, signingService(config, begin, token), id)
  } catch (error) {
    if (error instanceof NoAnswer) return { state: 'prepared', reason: null }
    throw error
  }
}

/** The paper with all digital signatures so far; undefined where there is none. Who asks has been judged. */
export async function signedPdf(system: Work, key: PaperKey): Promise<Buffer | undefined> {
  const paper = await findPaper(system.tx, key)
  return paper && paper.revision > 0 ? paper.bytes : undefined
}

/** After its last signature: nothing is appended to the paper any more. */
export const lockSignedPaper = (system: Work, key: PaperKey): Promise<void> => lockPaper(system.tx, key, system.now)

export const signatures: ServerModule = { name: 'signatures', routes: signaturesRoutes, jobs: signaturesJobs }
