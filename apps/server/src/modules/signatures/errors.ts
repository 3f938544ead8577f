import { defineErrors } from '../../platform/errors/coded-error.ts'

export const signaturesErrors = defineErrors({
  /** The signer said no at the signing service. */
  SIGNING_DECLINED: 409,
  /** The same signer sent another statement meanwhile; that one counts. */
  SIGNING_REPLACED: 409,
  /** The signer has a key, and it is not unlocked or no longer. */
  SIGNING_LOCKED: 409,
  /** There is no key to unlock. */
  SIGNING_KEY_MISSING: 409,
  /** Nothing of this waits for the signer's plain signature. */
  SIGNING_NOT_WAITING: 409,
  /** No PKCS#12, or one without a key and its certificate. */
  KEY_FILE_UNREADABLE: 422,
  KEY_PASSPHRASE_WRONG: 422,
  /** The certificate names somebody else. */
  KEY_OF_ANOTHER: 422,
  /** Of an authority that is not believed here. */
  KEY_ISSUER_UNKNOWN: 422,
  KEY_EXPIRED: 422,
  KEY_REVOKED: 422,
  /** What was sent to be checked cannot be read as a document: why is in `reason`. */
  PDF_UNREADABLE: 422,
})
