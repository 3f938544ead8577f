import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { readSecret } from '../config/secret.ts'
import type { Config } from '../config/config.ts'

const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32

/** The key of one file as it stands in its row. */
export interface SealedKey {
  keyId: string
  sealedKey: Uint8Array
}

/** Master keys: the first seals the keys of new files, the others only open those of older ones. */
export class FileKeys {
  readonly #current: string
  readonly #masters = new Map<string, Buffer>()

  /** Secrets of 32 characters or more, the one in use first. */
  constructor(current: string, older: readonly string[] = []) {
    for (const secret of [current, ...older]) {
      const master = Buffer.from(hkdfSync('sha256', secret, '', 'moinha files', keyBytes))
      this.#masters.set(idOf(master), master)
    }
    this.#current = [...this.#masters.keys()][0] ?? ''
  }

  /** `FILES_KEY`, else the secret of this installation; what was used before stands in `FILES_OLD_KEYS`. */
  static of(config: Config): FileKeys {
    const older = (config.FILES_OLD_KEYS ?? '').split(',').map((secret) => secret.trim())
    // files from before FILES_KEY was set are opened by the secret they were sealed with
    return new FileKeys(config.FILES_KEY ?? readSecret(config), [...older.filter(Boolean), readSecret(config)])
  }

  /** A key for a new file, plain and sealed. */
  make(fileId: string): SealedKey & { key: Buffer } {
    const key = randomBytes(keyBytes)
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#master(this.#current), nonce).setAAD(Buffer.from(fileId))
    const sealedKey = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
    return { keyId: this.#current, sealedKey, key }
  }

  /** The key of a file; throws where its master key is not known here or the row was changed. */
  open(fileId: string, { keyId, sealedKey }: SealedKey): Buffer {
    const sealed = Buffer.from(sealedKey)
    const decipher = createDecipheriv('aes-256-gcm', this.#master(keyId), sealed.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(fileId)).setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  }

  #master(keyId: string): Buffer {
    const master = this.#masters.get(keyId)
    if (!master) throw new Error(`file key ${keyId} is not known: FILES_KEY changed without FILES_OLD_KEYS`)
    return master
  }
}

const idOf = (master: Buffer): string => createHash('sha256').update(master).digest('hex').slice(0, 16)
