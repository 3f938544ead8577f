import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../platform/config/config.ts'
import { StartRefused } from '../../platform/errors/start-refused.ts'
import { DataDirInUse } from './lock-data-dir.ts'
import { runningOwnerUrl } from './running-owner-url.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

export interface OwnerAccess {
  ownerUrl: string
  close(): Promise<void>
}

/**
 * The database of this installation for a command: an outside one, that of a running server, or the embedded one
 * started for this.
 */
export async function openOwner({
  DATABASE_URL,
  DATA_DIR,
}: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): Promise<OwnerAccess> {
  const nothing = async (): Promise<void> => {}
  if (DATABASE_URL) return { ownerUrl: DATABASE_URL, close: nothing }
  const dataDir = join(DATA_DIR, 'postgres')
  if (!existsSync(dataDir))
    throw new StartRefused(`Chưa có cơ sở dữ liệu nào ở ${DATA_DIR} · there is no database in ${DATA_DIR}`)
  try {
    const embedded = await startEmbeddedPostgres({ dataDir })
    return { ownerUrl: embedded.ownerUrl, close: () => embedded.stop() }
  } catch (error) {
    if (!(error instanceof DataDirInUse)) throw error
    return { ownerUrl: runningOwnerUrl(dataDir), close: nothing }
  }
}
