import { defineEvent } from '../../platform/events/events.ts'

/** A signature that was made; the owner of the document compares its version and completes or voids the request. */
export interface MadeSignature {
  requestId: string
  subjectKind: string
  subjectId: string
  signerId: string
  role: string
  documentDigest: string
  statement: Record<string, string>
  method: string
  proof: Record<string, unknown>
  /** When the signer wished to sign: what their right is compared with. */
  preparedAt: Date
  /** When they signed, by the clock of their device or of the service; completing may come later. */
  signedAt: Date
}

/** Announced in the transaction that keeps the signature. Whoever does not know the kind of document leaves it. */
export const signatureMade = defineEvent<MadeSignature>('signatures.made')

/**
 * A request that came to nothing without a word of its signer's own screen: declined at the service, run out, or signed
 * for what is no longer to be signed by them.
 */
export interface EndedSignature {
  subjectKind: string
  subjectId: string
  signerId: string
  /** When the signer wished it. */
  preparedAt: Date
  /** A code. */
  reason: string
}

export const signatureEnded = defineEvent<EndedSignature>('signatures.ended')
