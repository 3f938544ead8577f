import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, scrypt } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16
const saltBytes = 16
const keyBytes = 32
/** OWASP password storage, 2025: scrypt with N = 2^17, r = 8, p = 1. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

/** AES-256-GCM; `about` is bound, so that bytes of one row open in no other. */
export function seal(key: Uint8Array, about: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the key is another or the bytes were changed. */
export function unseal(key: Uint8Array, about: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(about))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

/** Sealed by a passphrase that people choose. */
export async function sealByPassphrase(passphrase: string, about: string, bytes: Uint8Array): Promise<Buffer> {
  const salt = randomBytes(saltBytes)
  return Buffer.concat([salt, seal(await keyOf(passphrase, salt), about, bytes)])
}

/** Undefined where the passphrase is another. */
export async function openByPassphrase(passphrase: string, about: string, sealed: Buffer): Promise<Buffer | undefined> {
  const key = await keyOf(passphrase, sealed.subarray(0, saltBytes))
  try {
    return unseal(key, about, sealed.subarray(saltBytes))
  } catch {
    return undefined
  }
}

const keyOf = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** A word of an unlocking: 32 random bytes, and what the database knows of it. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()
/** The key under which an unlocked key lies: nobody has it but who holds the word. */
export const tokenKey = (token: string, secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', token, secret, 'moinha unlocked signing key', keyBytes))
