import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { readSecret } from '../config/secret.ts'
import { installQueue } from '../jobs/jobs.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'
import { assertPowerless, openAppRole, openAuthRole } from './roles.ts'

export interface Databases {
  ownerUrl: string
  appUrl: string
  /** The login of identity alone: the only one that sees passwords, codes and sessions. */
  authUrl: string
  /** Resolves when an embedded database has ended for good, asked or not; never for an outside one. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * The database of this configuration, brought up to this release: the embedded one unless DATABASE_URL names another.
 */
export async function openDatabases(config: Config, say: (line: string) => void): Promise<Databases> {
  const embedded = config.DATABASE_URL
    ? undefined
    : await startEmbeddedPostgres({ dataDir: join(config.DATA_DIR, 'postgres'), say })
  try {
    const ownerUrl = config.DATABASE_URL ?? embedded?.ownerUrl ?? ''
    await installQueue(ownerUrl)
    await migrate(ownerUrl)
    const appUrl = config.APP_DATABASE_URL ?? (await openAppRole(ownerUrl))
    await assertPowerless(appUrl)
    const authUrl = config.AUTH_DATABASE_URL ?? (await openAuthRole(ownerUrl, appUrl, readSecret(config)))
    await assertPowerless(authUrl)
    return {
      ownerUrl,
      appUrl,
      authUrl,
      ended: embedded?.ended ?? new Promise(() => {}),
      stop: async () => embedded?.stop(),
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
