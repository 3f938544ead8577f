import type { SigningService } from './signing-service.ts'

/** The signed-in person's click, bound to the digest. Not a digital signature in the sense of the law. */
export const confirmedClick: SigningService = {
  name: 'click',
  sign: async ({ digest, statement, preparedAt }) => ({
    state: 'signed',
    method: 'click',
    signedAt: preparedAt,
    proof: { statement, hash: digest },
  }),
}
