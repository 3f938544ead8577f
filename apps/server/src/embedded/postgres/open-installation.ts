import { join } from 'node:path'
import type { Config } from '../../platform/config/config.ts'
import { openDatabases, type Databases } from '../../platform/db/open-databases.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

export interface Installation extends Databases {
  /** Resolves when an embedded database has ended for good, asked or not; never for an outside one. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * The database of this configuration, brought up to this release: the embedded one unless DATABASE_URL names another.
 */
export async function openInstallation(config: Config, say: (line: string) => void): Promise<Installation> {
  const never = new Promise<void>(() => {})
  if (config.DATABASE_URL)
    return { ...(await openDatabases(config, config.DATABASE_URL)), ended: never, stop: async () => {} }
  const embedded = await startEmbeddedPostgres({ dataDir: join(config.DATA_DIR, 'postgres'), say })
  try {
    const databases = await openDatabases(config, embedded.ownerUrl)
    return { ...databases, ended: embedded.ended, stop: () => embedded.stop() }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}
