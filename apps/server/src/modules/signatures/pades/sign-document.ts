import { createPrivateKey, sign } from 'node:crypto'
import { makeCms, type Signer, type TimeStamper } from './cms.ts'
import { fillSignature, placeSignature } from './place-signature.ts'
import type { StampText } from './stamp.ts'

export interface SignInput {
  signer: Signer
  stamp: StampText
  at: Date
  reason: string
  timeStamper?: TimeStamper | undefined
}

/** Attributes, algorithm names and the value of a key of 4096 bits, generously. */
const cmsFrameBytes = 2048
/** A token with the authority's chain. */
const stampBytes = 10_240

/** The bytes to append to a document so that it bears one more signature. */
export async function signDocument(bytes: Uint8Array, input: SignInput): Promise<Buffer> {
  const { signer, timeStamper } = input
  const certificates = signer.certificates.reduce((sum, one) => sum + one.length, 0)
  const cmsBytes = cmsFrameBytes + certificates + (timeStamper ? stampBytes : 0)
  const placed = await placeSignature(bytes, { ...input, cmsBytes })
  return fillSignature(placed, await makeCms(placed.digest, signer, timeStamper))
}

/** Signs with a key that lies open in memory. */
export function keySigner(key: Uint8Array, certificates: readonly Uint8Array[]): Signer {
  const open = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' })
  return {
    certificates,
    algorithm: open.asymmetricKeyType === 'ec' ? 'ec' : 'rsa',
    sign: async (bytes) => sign('sha256', bytes, open),
  }
}
