import type { Config } from '../../platform/config/config.ts'
import { confirmedClick } from './ports/confirmed-click.ts'
import { remoteSigning } from './ports/remote-signing.ts'
import type { SigningService } from './ports/signing-service.ts'

/** The service an installation signs with. */
export function signingService({ SIGNING_URL, SIGNING_TOKEN }: Config): SigningService {
  return SIGNING_URL ? remoteSigning(SIGNING_URL, SIGNING_TOKEN) : confirmedClick
}
