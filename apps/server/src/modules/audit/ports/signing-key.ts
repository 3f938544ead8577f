import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../../platform/config/config.ts'
import { keyIdOf } from '../domain/signed-head.ts'

type KeyConfig = Pick<Config, 'AUDIT_SIGNING_KEY' | 'AUDIT_OLD_PUBLIC_KEYS' | 'DATA_DIR' | 'production'>

/** The key that signs heads: given in production; elsewhere made once and kept beside the data. */
export function signingKey(config: KeyConfig): KeyObject {
  const key = config.AUDIT_SIGNING_KEY ? readPrivate(config.AUDIT_SIGNING_KEY) : keptKey(config)
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error('AUDIT_SIGNING_KEY must be an Ed25519 key: npm run audit -- key')
  return key
}

/** PEM, also with `\n` written out as in environment files, or the same in base64. */
function readPrivate(text: string): KeyObject {
  const pem = text.includes('BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString('utf8')
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error('AUDIT_SIGNING_KEY is no private key in PEM: npm run audit -- key')
  }
}

function keptKey({ DATA_DIR, production }: KeyConfig): KeyObject {
  if (production) throw new Error('production needs AUDIT_SIGNING_KEY: npm run audit -- key')
  const file = join(DATA_DIR, 'audit-signing-key.pem')
  mkdirSync(DATA_DIR, { recursive: true })
  try {
    // made only where none is: two processes that start at once keep the same
    writeFileSync(file, newSigningKey(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  }
  return createPrivateKey(readFileSync(file, 'utf8'))
}

/** A fresh private key, PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Keys whose signatures count: of the present key, and of earlier ones listed in the file `AUDIT_OLD_PUBLIC_KEYS`. */
export function trustedKeys(config: KeyConfig): Map<string, KeyObject> {
  const own = createPublicKey(signingKey(config))
  const old = config.AUDIT_OLD_PUBLIC_KEYS ? readFileSync(config.AUDIT_OLD_PUBLIC_KEYS, 'utf8') : ''
  const listed = old.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []
  return new Map([own, ...listed.map((pem) => createPublicKey(pem))].map((key) => [keyIdOf(key), key]))
}

/** The public half, for whoever verifies elsewhere. */
export function publicKeyPem(config: KeyConfig): string {
  return createPublicKey(signingKey(config)).export({ type: 'spki', format: 'pem' }).toString()
}
