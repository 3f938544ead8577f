import type { Config } from '../../platform/config/config.ts'
import type { BeginStep } from '../../platform/http/serve.ts'
import { ownKeys } from './actions/sign-paper.ts'
import { remoteSigning } from './ports/remote-signing.ts'
import type { SigningService } from './ports/signing-service.ts'

/** The service an installation signs with; `token` opens the key of who asks. */
export function signingService(config: Config, begin: BeginStep, token?: string): SigningService {
  const { SIGNING_URL, SIGNING_TOKEN } = config
  return SIGNING_URL ? remoteSigning(SIGNING_URL, SIGNING_TOKEN) : ownKeys(begin, config, token)
}
