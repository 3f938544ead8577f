import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, modules, type App } from '../../apps/server/src/app.ts'
import { systemClock } from '../../apps/server/src/platform/clock/clock.ts'
import { readConfig } from '../../apps/server/src/platform/config/config.ts'
import { readSecret } from '../../apps/server/src/platform/config/secret.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/embedded/postgres/start-embedded-postgres.ts'
import { migrate } from '../../apps/server/src/platform/db/migrate.ts'
import { openAppRole, openAuthRole } from '../../apps/server/src/platform/db/roles.ts'
import { installQueue } from '../../apps/server/src/platform/jobs/jobs.ts'
import { createLog } from '../../apps/server/src/platform/log/log.ts'
import { seedNetwork } from '../../apps/server/src/platform/seeding/seed-once.ts'

export interface ThrowAwayApp extends App {
  ownerUrl: string
  appUrl: string
  stop(): Promise<void>
}

/** The whole server with the demo network on a PostgreSQL of its own, as `npm start` runs it; gone at the end. */
export async function openThrowAwayApp(): Promise<ThrowAwayApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'moinha-bench-'))
  const database = await startEmbeddedPostgres({ ephemeral: true })
  await installQueue(database.ownerUrl)
  await migrate(database.ownerUrl)
  const appUrl = await openAppRole(database.ownerUrl)
  const config = readConfig(
    { DEMO: '1', LIVEKIT: 'off', RATE_LIMITS: 'off', LOG_LEVEL: 'error', DATA_DIR: dataDir, DATABASE_POOL: '20' },
    join(import.meta.dirname, '..', '..'),
  )
  const authUrl = await openAuthRole(database.ownerUrl, appUrl, readSecret(config))
  const app = await createApp({
    config,
    clock: systemClock,
    log: createLog(config),
    ownerUrl: database.ownerUrl,
    appUrl,
    authUrl,
  })
  await seedNetwork(app.platform, modules)
  return {
    ...app,
    ownerUrl: database.ownerUrl,
    appUrl,
    stop: async () => {
      await app.close()
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
