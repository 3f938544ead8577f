import { health } from '@moinha/contracts/platform'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { DiskWatch } from '../db/disk-watch.ts'
import { platformErrors } from '../errors/coded-error.ts'
import type { Platform } from '../module.ts'
import { serve } from './serve.ts'

/** `GET /health`: 200 once the database answers and can be written. */
export function addHealth(
  app: FastifyInstance,
  { config, health: parts }: Platform,
  { version, connections, disk }: { version: string; connections: number; disk: DiskWatch },
): void {
  serve(app, health, async (work) => {
    if (disk.full) throw platformErrors.DISK_FULL()
    const { rows } = await sql<{
      version: string
      migrations: number
      processes: number
    }>`select current_setting('server_version') as version,
      (select count(*) from platform.migration) as migrations,
      (select count(*) from platform.process p where platform.process_lives(p)) as processes`.execute(work.tx)
    const { version: server, migrations, processes } = rows[0] ?? {}
    const database = {
      name: 'database',
      embedded: !config.DATABASE_URL,
      detail: `PostgreSQL ${server}, ${migrations} migrations, at most ${connections} connections of this process`,
    }
    const between = config.REDIS_URL ? 'redis' : 'in process'
    const realtime = { name: 'realtime', embedded: !config.REDIS_URL, detail: `${between}, ${processes} processes` }
    return {
      status: 'ok' as const,
      version,
      node: process.version,
      demo: config.DEMO,
      parts: [database, realtime, ...(await Promise.all(parts.map((part) => part())))],
    }
  })
}
