import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** The last row of a chain at a moment, signed. */
export interface SignedHead {
  chain: string
  no: number
  /** Hexadecimal. */
  hash: string
  /** ISO instant. */
  at: string
  keyId: string
  /** Base64. */
  signature: string
}

type Unsigned = Pick<SignedHead, 'chain' | 'no' | 'hash' | 'at'>

const textOf = ({ chain, no, hash, at }: Unsigned): Buffer =>
  Buffer.from(`moinha audit head 1\n${chain}\n${no}\n${hash}\n${at}\n`)

/** Names a key by what everybody may know of it. */
export function keyIdOf(key: KeyObject): string {
  const known = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(known.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

/** Ed25519 (RFC 8032) over chain, number, hash and time. */
export function signHead(head: Unsigned, key: KeyObject): SignedHead {
  return { ...head, keyId: keyIdOf(key), signature: sign(null, textOf(head), key).toString('base64') }
}

export type HeadVerdict = 'good' | 'unknown_key' | 'bad_signature'

export function judgeHead(head: SignedHead, keys: ReadonlyMap<string, KeyObject>): HeadVerdict {
  const key = keys.get(head.keyId)
  if (!key) return 'unknown_key'
  return verify(null, textOf(head), key, Buffer.from(head.signature, 'base64')) ? 'good' : 'bad_signature'
}
