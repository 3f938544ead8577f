import type { FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anonymousActor, type Actor } from './platform/access/actor.ts'
import type { ReadGuests } from './platform/access/guests.ts'
import type { Clock } from './platform/clock/clock.ts'
import type { Config } from './platform/config/config.ts'
import { openDatabase, type Db } from './platform/db/database.ts'
import { DiskWatch } from './platform/db/disk-watch.ts'
import { severAll } from './platform/db/pool.ts'
import { createTransact } from './platform/db/work.ts'
import { Events } from './platform/events/events.ts'
import { Files } from './platform/files/files.ts'
import { countInDatabase, sweepEndedCounts } from './platform/http/count-shared.ts'
import { addCapabilities } from './platform/http/capabilities.ts'
import { addHealth } from './platform/http/health.ts'
import { isForUs } from './platform/http/hosts.ts'
import { openMetrics } from './platform/http/metrics.ts'
import { refuseOtherMethods } from './platform/http/other-methods.ts'
import { declareErrors, type DeclaredErrors } from './platform/http/route-errors.ts'
import { createServer } from './platform/http/server.ts'
import { isOwnOrigin } from './platform/http/security.ts'
import { Jobs } from './platform/jobs/jobs.ts'
import { startWorker, workerPoolSize } from './platform/jobs/worker.ts'
import type { Log } from './platform/log/log.ts'
import type { MediaServer, Platform, ServerModule } from './platform/module.ts'
import { Processes } from './platform/processes/processes.ts'
import { shortHash } from './platform/processes/short-hash.ts'
import { Live, type OpenPage } from './platform/realtime/live.ts'
import { keepReferenceRows } from './platform/registries/reference-rows.ts'
import { Registries } from './platform/registries/registries.ts'
import { addUploads } from './platform/uploads/upload-routes.ts'
import { readSecret } from './platform/config/secret.ts'
import {
  createActorReader,
  createBearerReader,
  createSessionKey,
  identity,
  identityPool,
  identityPoolSize,
  readActors,
} from './modules/identity/index.ts'
import { audit } from './modules/audit/index.ts'
import { calls, createGuestReader } from './modules/calls/index.ts'
import { consults } from './modules/consults/index.ts'
import { facilities } from './modules/facilities/index.ts'
import { indicators } from './modules/indicators/index.ts'
import { meetings } from './modules/meetings/index.ts'
import { news } from './modules/news/index.ts'
import { operations } from './modules/operations/index.ts'
import { prescriptions } from './modules/prescriptions/index.ts'
import { programmes } from './modules/programmes/index.ts'
import { records } from './modules/records/index.ts'
import { referrals } from './modules/referrals/index.ts'
import { roster } from './modules/roster/index.ts'
import { scheduling } from './modules/scheduling/index.ts'
import { signatures } from './modules/signatures/index.ts'

/** The only list of modules, bottom first. */
export const modules: readonly ServerModule[] = [
  facilities,
  identity,
  records,
  signatures,
  prescriptions,
  referrals,
  roster,
  calls,
  meetings,
  scheduling,
  programmes,
  consults,
  news,
  indicators,
  audit,
  operations,
]

const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version

/** What each route refuses with, read off the sources by `tools/write-route-errors.mjs`. */
declareErrors(JSON.parse(readFileSync(join(import.meta.dirname, 'route-errors.json'), 'utf8')) as DeclaredErrors)

export interface AppOptions {
  config: Config
  clock: Clock
  log: Log
  ownerUrl: string
  appUrl: string
  authUrl: string
  /** A media server beside this process; without one, calls go from each to each. */
  mediaServer?: MediaServer
  /** Others than the product's own; for tests. */
  modules?: readonly ServerModule[]
}

export interface App {
  app: FastifyInstance
  platform: Platform
  /** Starts sockets and, by role, the worker; the HTTP port is opened by the caller. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Builds the whole server on a migrated database. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, clock, log, modules: present = modules } = options
  const registries = new Registries(present)
  await keepReferenceRows(options.ownerUrl, registries)
  const { db, pool, close: closeDatabase } = openDatabase(options.appUrl, config.DATABASE_POOL)
  const events = new Events()
  const disk = new DiskWatch(db, log)
  const transact = disk.over(createTransact({ db, clock, events, registries }))
  const readActor = createActorReader({ config, db, clock, transact, authUrl: options.authUrl })
  const readGuests = createGuestReader(db)
  const limits = { sessionKey: createSessionKey(db), countShared: countInDatabase(db) }
  const app = await createServer({
    config,
    log,
    transact,
    version,
    webDist: join(config.rootDir, 'apps', 'web', 'dist'),
    readActor,
    readBearer: createBearerReader(db),
    readGuests,
    limits,
  })
  const secretHash = shortHash(readSecret(config))
  const processes = new Processes({ config, url: options.appUrl, transact, log, secretHash })
  processes.onDown((silent) => silent && [pool, identityPool(db)].forEach(severAll))
  const live = openLive(app, { config, log, processes, readActor, readGuests }, db)
  const closers: (() => Promise<void>)[] = [closeDatabase, async () => disk.stop()]
  const platform: Platform = {
    config,
    clock,
    log,
    db,
    transact,
    events,
    registries,
    jobs: new Jobs(),
    live,
    files: Files.of(config),
    processes,
    mediaServer: options.mediaServer,
    health: [],
    onClose: (closer) => void closers.push(closer),
  }
  sweepEndedCounts(platform.jobs, db)
  await addUploads(app, platform)
  addCapabilities(app, { config, version })
  addHealth(app, platform, { version, connections: connectionsOf(config), disk })
  for (const module of present) await addModule(app, platform, module)
  refuseOtherMethods(app)
  return { app, platform, ...lifecycle({ app, platform, closers, options }) }
}

/** Sockets of this server; they read who acts from the database as requests do. */
function openLive(app: FastifyInstance, parts: LiveParts, db: Db): Live {
  const { config } = parts
  return new Live(app.server, {
    ...parts,
    readActors: (pages) => readPages(db, pages, parts.readGuests),
    mayConnect: (headers) => isForUs(headers, config) && isOwnOrigin(headers.origin, headers.host, config.PUBLIC_URL),
  })
}

/** People and guests each in one query, in the order of the pages. */
async function readPages(db: Db, pages: readonly OpenPage[], readGuests: ReadGuests): Promise<Actor[]> {
  const guests = pages.filter((page) => page.guest)
  const people = pages.filter((page) => !page.guest)
  const guestActors = await readGuests(guests.map(({ cookie }) => cookie))
  const actors = people.length > 0 ? await readActors(db, people) : []
  const read = new Map<OpenPage, Actor | undefined>()
  guests.forEach((page, at) => read.set(page, guestActors[at]))
  people.forEach((page, at) => read.set(page, actors[at]))
  return pages.map((page) => read.get(page) ?? anonymousActor)
}

type LiveParts = Pick<Platform, 'config' | 'log' | 'processes'> & {
  readActor: ReturnType<typeof createActorReader>
  readGuests: ReadGuests
}

async function addModule(app: FastifyInstance, platform: Platform, module: ServerModule): Promise<void> {
  module.jobs?.(platform)
  module.live?.(platform)
  await app.register(async (scope) => module.routes?.(scope, platform))
}

interface Parts {
  app: FastifyInstance
  platform: Platform
  closers: (() => Promise<void>)[]
  options: AppOptions
}

/**
 * The most connections to PostgreSQL this process opens: application, identity, worker, and the one line it lives by.
 */
function connectionsOf(config: Config): number {
  return config.DATABASE_POOL + identityPoolSize(config) + (config.ROLE === 'web' ? 0 : workerPoolSize) + 1
}

function lifecycle({ app, platform, closers, options }: Parts) {
  return {
    async start() {
      await app.ready()
      const { config, jobs, transact, log, processes, live } = platform
      const metrics = await openMetrics(app, config)
      if (metrics) closers.push(async () => void metrics.close())
      await processes.start()
      // closed before the pools and after everything that still speaks of this process
      closers.push(() => processes.stop())
      if (config.ROLE !== 'worker') await live.start()
      if (config.ROLE !== 'web')
        closers.push((await startWorker({ ownerUrl: options.ownerUrl, jobs, transact, log, processes })).stop)
    },
    async close() {
      await platform.live.stop()
      await app.close()
      for (const closer of closers.reverse()) await closer()
    },
  }
}
