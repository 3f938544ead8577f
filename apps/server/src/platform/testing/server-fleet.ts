import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type pg from 'pg'
import { localDateOf } from '../clock/vietnam-time.ts'
import { openPool } from '../db/pool.ts'
import { FaultProxy } from './fault-proxy.ts'
import { openPage, type OpenedPage } from './open-page.ts'
import { freePort, startRedis, type TestRedis } from './redis-for-tests.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { cloneDatabase, type CastKey } from './test-bed.ts'
import { TestClient } from './test-client.ts'

export interface FleetOptions {
  /** How many server processes; 1 unless told. More than one comes with a Redis. */
  processes?: number
  /** Further settings, for all. */
  env?: Record<string, string>
}

/**
 * Real server processes on one throw-away database (and one Redis), with wires that can be broken and processes that
 * can be killed at a named moment:
 *
 *     const fleet = await openFleet({ processes: 2 })
 *     const nurse = await fleet.as('nurse', 0)                    // signed in through the first process
 *     const moment = await fleet.hold('select … for update')     // whoever touches these rows waits here
 *     await moment.reached()                                     // … somebody does
 *     await fleet.kill(0)
 *     await moment.release()
 *     fleet.database.takeAway(); …; fleet.database.restore()
 *     await fleet.close()
 */
export interface Fleet {
  /** The processes by index; one that was started again stands in its old place. */
  readonly servers: ServerProcess[]
  /** What each process is started with. */
  readonly settings: Readonly<Record<string, string>>
  /** The wire between the processes and PostgreSQL. */
  readonly database: FaultProxy
  /** The wire between the processes and Redis, where there is one. */
  readonly redis: FaultProxy | undefined
  /** Superuser pool that does not go through the wire. For asserting, never for acting. */
  readonly owner: pg.Pool
  /** A client signed in as one of the cast, which speaks to this process until told otherwise. */
  as(key: CastKey, index?: number): Promise<TestClient>
  /** The same person, at another process. */
  at(client: TestClient, index: number): TestClient
  /** An open page of this client at a process. */
  page(client: TestClient, index: number, options?: { reconnect?: boolean; polling?: boolean }): Promise<OpenedPage>
  kill(index: number, signal?: NodeJS.Signals): Promise<void>
  /** Starts the process of this place again, on the same address. */
  restart(index: number): Promise<void>
  hold(statement: string, values?: unknown[]): Promise<Moment>
  close(): Promise<void>
}

/** A point in time at which somebody waits for rows that the test holds. */
export interface Moment {
  /** Resolves once a process waits here. */
  reached(): Promise<void>
  release(): Promise<void>
}

const reachMs = 20_000

export async function openFleet({ processes = 1, env = {} }: FleetOptions = {}): Promise<Fleet> {
  const clone = await cloneDatabase()
  const owner = openPool(clone.ownerUrl, { max: 4, name: 'moinha-test' })
  // only the network: past and coming days of the demo would take longer than the tests
  await owner.query('insert into platform.seed_mark (name) select $1 || d from unnest($2::text[]) d', [
    'demo-day ',
    demoDays(),
  ])
  const dataDir = mkdtempSync(join(tmpdir(), 'moinha-fleet-'))
  const database = await FaultProxy.open({ host: '127.0.0.1', port: Number(new URL(clone.ownerUrl).port) })
  const redisServer = processes > 1 ? await startRedis() : undefined
  const redis = redisServer && (await FaultProxy.open({ host: '127.0.0.1', port: redisServer.port }))
  const settings = {
    ...settingsOf(clone, database.port, dataDir),
    ...(redis && { REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
    ...env,
  }
  const parts: Parts = { servers: [], database, redis, redisServer, owner, settings, dataDir, drop: clone.drop }
  try {
    for (let index = 0; index < processes; index++)
      parts.servers.push(await startServerProcess(await freePort(), settings))
  } catch (error) {
    await closeAll(parts)
    throw error
  }
  return fleetOf(parts)
}

interface Parts {
  servers: ServerProcess[]
  database: FaultProxy
  redis: FaultProxy | undefined
  redisServer: TestRedis | undefined
  owner: pg.Pool
  settings: Record<string, string>
  dataDir: string
  drop(): Promise<void>
}

function fleetOf(parts: Parts): Fleet {
  const { servers, database, redis, owner, settings } = parts
  const urlOf = (index: number) => servers[index]?.url ?? ''
  return {
    servers,
    settings,
    database,
    redis,
    owner,
    as: async (key, index = 0) => {
      const client = new TestClient(overNetwork(urlOf(index)))
      await client.enterDemo(key)
      return client
    },
    at: (client, index) => {
      const same = new TestClient(overNetwork(urlOf(index)))
      for (const [name, value] of client.cookies) same.cookies.set(name, value)
      return same
    },
    page: (client, index, options) => openPage(urlOf(index), client.cookie, options),
    kill: async (index, signal) => servers[index]?.kill(signal),
    restart: async (index) => {
      servers[index] = await startServerProcess(Number(new URL(urlOf(index)).port), settings)
    },
    hold: (statement, values) => holdRows(owner, statement, values),
    close: () => closeAll(parts),
  }
}

function settingsOf(
  urls: { ownerUrl: string; appUrl: string; authUrl: string },
  port: number,
  dataDir: string,
): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DEMO: '1',
    LIVEKIT: 'off',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'info',
    DATABASE_POOL: '8',
    DATA_DIR: dataDir,
    AUTH_SECRET: 'only-for-processes-in-throw-away-databases',
    DATABASE_URL: withPort(urls.ownerUrl, port),
    APP_DATABASE_URL: withPort(urls.appUrl, port),
    AUTH_DATABASE_URL: withPort(urls.authUrl, port),
  }
}

function withPort(text: string, port: number): string {
  const url = new URL(text)
  url.port = String(port)
  return url.href
}

function demoDays(): string[] {
  const now = performance.timeOrigin + performance.now()
  return [0, 1].map((days) => localDateOf(new Date(now + days * 86_400_000)))
}

async function holdRows(owner: pg.Pool, statement: string, values: unknown[] = []): Promise<Moment> {
  const client = await owner.connect()
  await client.query('begin')
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  await client.query(statement, values)
  const holder = rows[0]?.pid
  return {
    reached: async () => {
      const blocked = 'select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))'
      for (let waitedMs = 0; waitedMs < reachMs; waitedMs += 50) {
        if ((await owner.query(blocked, [holder])).rowCount) return
        await sleep(50)
      }
      throw new Error('nobody came to where the test waits')
    },
    release: async () => {
      await client.query('rollback')
      client.release()
    },
  }
}

/** What `TestClient` needs of a server, over a real socket. */
function overNetwork(url: string): FastifyInstance {
  const inject = async ({ method = 'GET', url: path, payload, headers }: InjectOptions) => {
    const reply = await fetch(`${url}${String(path)}`, {
      method,
      headers: {
        ...(headers as Record<string, string>),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
      },
      ...(payload !== undefined && { body: JSON.stringify(payload) }),
      redirect: 'manual',
    })
    const body = await reply.text()
    return {
      statusCode: reply.status,
      headers: Object.fromEntries(reply.headers),
      cookies: reply.headers.getSetCookie().map(readCookie),
      body,
      json: () => JSON.parse(body) as unknown,
    }
  }
  return { inject } as unknown as FastifyInstance
}

function readCookie(line: string): { name: string; value: string; maxAge?: number } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const age = attributes.find((attribute) => attribute.toLowerCase().startsWith('max-age='))?.slice(8)
  return {
    name: pair.slice(0, pair.indexOf('=')),
    value: decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
    ...(age !== undefined && { maxAge: Number(age) }),
  }
}

async function closeAll({ servers, database, redis, redisServer, owner, dataDir, drop }: Parts): Promise<void> {
  database.restore()
  redis?.restore()
  await Promise.all(servers.map((server) => server.kill('SIGTERM')))
  await database.close()
  await redis?.close()
  await redisServer?.stop()
  await owner.end()
  await drop()
  rmSync(dataDir, { recursive: true, force: true })
}
