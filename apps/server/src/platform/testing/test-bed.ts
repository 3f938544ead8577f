import { runOnce } from 'graphile-worker'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createApp, modules, type App } from '../../app.ts'
import { systemClock, type Clock } from '../clock/clock.ts'
import { readConfig, type Config } from '../config/config.ts'
import { checkCompiled } from '../db/compile-once.ts'
import { migrate, takeTemporary } from '../db/migrate.ts'
import { installQueue, quietLogger } from '../jobs/jobs.ts'
import { tasksOf } from '../jobs/worker.ts'
import { createLog } from '../log/log.ts'
import type { MediaServer, ServerModule } from '../module.ts'
import { seedNetwork } from '../seeding/seed-once.ts'
import { TestClient } from './test-client.ts'

/** Keys of the story cast; see modules/identity/domain/demo-people.ts. */
export type CastKey =
  | 'lan'
  | 'duc'
  | 'nurse'
  | 'stationDoctor'
  | 'districtSpecialist'
  | 'provincialSpecialist'
  | 'dutyLead'
  | 'unitAdmin'
  | 'officer'
  | 'foreignNurse'
  | 'systemAdmin'

export interface TestBedOptions {
  clock?: Clock
  config?: Partial<Config>
  /** A media server beside this one, made for its settings. */
  mediaServer?: (config: Config) => MediaServer
  /** Others than the product's own, and the folders of their migrations. */
  modules?: readonly ServerModule[]
  migrations?: readonly string[]
}

export interface TestBed extends App {
  ownerUrl: string
  /** What a second server on the same database is made of. */
  urls: ReturnType<typeof urlsOf>
  /** Superuser pool: looks at rows past every policy. For asserting, never for acting. */
  owner: pg.Pool
  /** A client signed in as one of the cast, through the real sign-in. */
  as(key: CastKey): Promise<TestClient>
  /** A client nobody signed in. */
  anonymous(): TestClient
  /** Runs every due job once; `aheadSeconds` also takes those due within that time. */
  runJobs(aheadSeconds?: number): Promise<void>
  close(): Promise<void>
}

/** Of both logins, the application's and identity's. */
const appPassword = 'only-in-a-throw-away-cluster'

/**
 * A whole server on a database of its own, cloned from a template with the demo network. Needs TEST_OWNER_URL (vitest's
 * global setup gives it).
 */
export async function openTestBed(options: TestBedOptions = {}): Promise<TestBed> {
  checkCompiled()
  const { drop, ...urls } = await cloneDatabase()
  if (options.migrations) await migrate(urls.ownerUrl, options.migrations)
  const config = testConfig(options.config)
  const app = await createApp({
    config,
    clock: options.clock ?? systemClock,
    log: createLog({ LOG_LEVEL: 'error' }),
    ...(options.mediaServer && { mediaServer: options.mediaServer(config) }),
    ...(options.modules && { modules: options.modules }),
    ...urls,
  })
  await app.app.ready()
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 2 })
  owner.on('error', () => {})
  owner.on('connect', (client) => void client.on('error', () => {}))
  const anonymous = () => new TestClient(app.app)
  return {
    ...app,
    ownerUrl: urls.ownerUrl,
    urls,
    owner,
    anonymous,
    as: async (key) => {
      const client = anonymous()
      await client.enterDemo(key)
      return client
    },
    runJobs: (aheadSeconds = 0) => runDueJobs(app, owner, aheadSeconds),
    close: async () => {
      await owner.end()
      await app.close()
      rmSync(app.platform.config.DATA_DIR, { recursive: true, force: true })
      await drop()
    },
  }
}

/** A database of its own with the demo network, for a server that a test starts itself. */
export async function cloneDatabase(): Promise<{
  ownerUrl: string
  appUrl: string
  authUrl: string
  drop(): Promise<void>
}> {
  const cluster = process.env['TEST_OWNER_URL']
  if (!cluster) throw new Error('TEST_OWNER_URL is not set: run through vitest')
  const template = await ensureTemplate(cluster)
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await onCluster(cluster, (client) => client.query(`create database ${name} template ${template}`))
  await onCluster(urlsOf(cluster, name).ownerUrl, takeTemporary)
  const drop = () => onCluster(cluster, (client) => client.query(`drop database if exists ${name} with (force)`))
  return { ...urlsOf(cluster, name), drop: async () => void (await drop()) }
}

function testConfig(overrides: Partial<Config> = {}): Config {
  const env = {
    NODE_ENV: 'test',
    DEMO: '1',
    LIVEKIT: 'off',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    DATABASE_POOL: '12',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'moinha-test-')),
  }
  return { ...readConfig(env, join(import.meta.dirname, '..', '..', '..', '..', '..')), ...overrides }
}

async function runDueJobs({ platform }: App, owner: pg.Pool, aheadSeconds: number): Promise<void> {
  if (aheadSeconds > 0) {
    await owner.query(
      'update graphile_worker._private_jobs set run_at = now() where run_at <= now() + make_interval(secs => $1)',
      [aheadSeconds],
    )
  }
  const taskList = tasksOf(platform.jobs, platform.transact)
  await runOnce({ pgPool: owner, taskList, noHandleSignals: true, concurrency: 1, logger: quietLogger })
}

/** Addresses of one throw-away database, for each of its logins. */
export function urlsOf(cluster: string, database: string): { ownerUrl: string; appUrl: string; authUrl: string } {
  const ownerUrl = new URL(cluster)
  ownerUrl.pathname = `/${database}`
  const loginUrl = (role: string) => {
    const url = new URL(ownerUrl)
    url.username = role
    url.password = appPassword
    return url.href
  }
  return { ownerUrl: ownerUrl.href, appUrl: loginUrl('moinha_app'), authUrl: loginUrl('moinha_auth') }
}

async function onCluster<T>(cluster: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** Builds the template once per state of the sources; workers that come at the same time wait for the first. */
async function ensureTemplate(cluster: string): Promise<string> {
  const name = `template_${sourceHash()}`
  await onCluster(cluster, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('moinha.template'))")
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    await client.query(`create database ${name}_building`)
    try {
      await fillTemplate(cluster, `${name}_building`)
      await client.query(`alter database ${name}_building rename to ${name}`)
    } catch (error) {
      await client.query(`drop database if exists ${name}_building with (force)`)
      throw error
    }
  })
  return name
}

async function fillTemplate(cluster: string, database: string): Promise<void> {
  const urls = urlsOf(cluster, database)
  await installQueue(urls.ownerUrl)
  await migrate(urls.ownerUrl)
  for (const role of ['moinha_app', 'moinha_auth']) {
    await onCluster(urls.ownerUrl, (client) => client.query(`alter role ${role} login password '${appPassword}'`))
  }
  const app = await createApp({
    config: testConfig(),
    clock: systemClock,
    log: createLog({ LOG_LEVEL: 'error' }),
    ...urls,
  })
  await seedNetwork(app.platform, modules)
  await app.close()
  rmSync(app.platform.config.DATA_DIR, { recursive: true, force: true })
}

/** Changes with any migration, seed, or data file, so that a stale template is never used. */
function sourceHash(): string {
  const hash = createHash('sha256')
  const root = join(import.meta.dirname, '..', '..')
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(sql|csv)$|seed|demo-people|permissions/.test(file) && statSync(join(root, file)).isFile())
      hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
