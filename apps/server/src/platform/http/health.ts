import { health } from '@moinha/contracts/platform'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Platform } from '../module.ts'
import { serve } from './serve.ts'

/** `GET /health`: 200 once the database answers. */
export function addHealth(app: FastifyInstance, { config, health: parts }: Platform, version: string): void {
  serve(app, health, async (work) => {
    const { rows } = await sql<{ version: string; migrations: number }>`select current_setting('server_version') as version,
      (select count(*) from platform.migration) as migrations`.execute(work.tx)
    const database = { name: 'database', embedded: !config.DATABASE_URL, detail: `PostgreSQL ${rows[0]?.version}, ${rows[0]?.migrations} migrations` }
    const realtime = { name: 'realtime', embedded: !config.REDIS_URL, detail: config.REDIS_URL ? 'redis' : 'in process' }
    return { status: 'ok' as const, version, node: process.version, demo: config.DEMO, parts: [database, realtime, ...(await Promise.all(parts.map((part) => part())))] }
  })
}
