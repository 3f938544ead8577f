/** What a person signs: the hash of the text as shown, and what they declare with it. */
export interface SigningRequest {
  readonly personId: string
  readonly role: 'chair' | 'secretary' | 'requester'
  readonly contentHash: string
  /** E.g. the local clinician's decision. */
  readonly statement: Readonly<Record<string, string>>
  readonly at: Date
}

export interface SignatureProof {
  /** `click`, later `pades` or `csc`. */
  readonly method: string
  /** What a later check needs; never a secret. */
  readonly proof: Readonly<Record<string, unknown>>
}

/** The way a signature is made. A cryptographic adapter (X.509, remote signing service) takes the place of the click later. */
export interface SignaturePort {
  sign(request: SigningRequest): Promise<SignatureProof>
}
