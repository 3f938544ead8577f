import { contentHash } from '../domain/content-hash.ts'
import type { SignaturePort } from './signature.ts'

/** The signed-in person's click, bound to the hash of the text and of the declaration. Not a digital signature in the sense of the law. */
export const clickSignature: SignaturePort = {
  sign: async ({ personId, role, contentHash: hash, statement, at }) => ({
    method: 'click',
    proof: { statement, hash: contentHash({ personId, role, hash, statement, at: at.toISOString() }) },
  }),
}
