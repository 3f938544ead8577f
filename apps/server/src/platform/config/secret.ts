import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'

/**
 * The key that signs session cookies, seals codes and second factors, and from which identity's login has its password:
 * `AUTH_SECRET`, which production must give, else one made for this data folder and readable by its owner alone.
 */
export function readSecret(config: Pick<Config, 'AUTH_SECRET' | 'DATA_DIR' | 'production'>): string {
  if (config.AUTH_SECRET) return config.AUTH_SECRET
  if (config.production) throw new Error('production needs AUTH_SECRET (32 characters or more)')
  mkdirSync(config.DATA_DIR, { recursive: true })
  const file = join(config.DATA_DIR, 'secret')
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
