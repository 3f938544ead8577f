import { defineErrors } from '../../platform/errors/coded-error.ts'

export const signaturesErrors = defineErrors({
  /** The signer said no at the signing service. */
  SIGNING_DECLINED: 409,
  /** The same signer sent another statement meanwhile; that one counts. */
  SIGNING_REPLACED: 409,
})
