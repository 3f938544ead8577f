/** What a service is asked to sign. The same id is the same signature, however often it is asked for. */
export interface SigningOrder {
  readonly id: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly patientId: string | null
  /** Of the exact version, as its owner compares it. */
  readonly documentDigest: string
  readonly signerId: string
  readonly role: string
  /**
   * SHA-256, hex: over the document's exact version and what is declared with it. A remote CSC service signs this hash.
   */
  readonly digest: string
  /** Shown to the signer where the service asks on a device of its own. */
  readonly title: string
  readonly statement: Readonly<Record<string, string>>
  readonly preparedAt: Date
}

export type SigningAnswer =
  | {
      readonly state: 'signed'
      /** `click`, `pades`, or as a remote service says, e.g. `csc`. */
      readonly method: string
      /**
       * When the signer signed, by their device or the service's time stamp; not when it was asked for or heard of.
       */
      readonly signedAt: Date
      /** What a later check needs (certificate, signature value, time stamp); never a secret. */
      readonly proof: Readonly<Record<string, unknown>>
      /** What the signature appends to its paper; kept with it, or not at all. */
      readonly revision?: { readonly documentId: string; readonly number: number; readonly bytes: Uint8Array }
    }
  /** The signer has not confirmed yet: ask again later. */
  | { readonly state: 'waiting' }
  | { readonly state: 'declined'; readonly reason: string }

/** The way a signature is made. Called outside any transaction; throws where the service does not answer. */
export interface SigningService {
  readonly name: string
  sign(order: SigningOrder): Promise<SigningAnswer>
}
