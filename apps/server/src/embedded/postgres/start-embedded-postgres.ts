import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnGuarded } from '../spawn-guarded.ts'
import { databaseAccount, reachableBinaries, reachablePlace, throwAwayPlace } from './account.ts'
import type { Account, Binaries } from './account.ts'
import {
  DATABASE,
  OWNER_ROLE,
  checkVersion,
  choosePort,
  clearLeftovers,
  createCluster,
  readPidFile,
  replacePassword,
} from './cluster.ts'
import { StartRefused } from '../../platform/errors/start-refused.ts'
import { lockDataDir } from './lock-data-dir.ts'
import { noRoom } from './no-room.ts'

export interface EmbeddedOptions {
  /** Where the cluster lies; its password, port, log and lock lie beside it (`<dataDir>.password` …). */
  dataDir?: string
  /**
   * A throw-away cluster in a temporary directory, removed at the end, faster because nothing must survive a power cut.
   */
  ephemeral?: boolean
  say?: (line: string) => void
}

export interface EmbeddedPostgres {
  /**
   * Connection string of the superuser that owns everything. Migrations use it; the application connects as
   * `moinha_app`.
   */
  ownerUrl: string
  /** Where the cluster really lies. */
  dataDir: string
  /** Resolves when PostgreSQL has ended for good: as asked, or because it does not come up again. */
  ended: Promise<void>
  /** Rolls back running work, stops PostgreSQL and waits for it. May be called twice. */
  stop: () => Promise<void>
}

interface Cluster {
  account: Account
  binaries: Binaries
  dataDir: string
  password: string
  ephemeral: boolean
  logFile: string
  portFile?: string
  say: (line: string) => void
}

const POLL_MS = 20
/** Of PostgreSQL's log, when it does not start. */
const LAST_LINES = 6
const START_LIMIT_MS = 60_000
const RESTART_TRIES = 10
const RESTART_PAUSE_MS = 250
const RESTART_LONGEST_PAUSE_MS = 5_000
/** INT is PostgreSQL's "fast shutdown": running work is rolled back, the files are left clean. */
const END = { ask: 'INT', insist: 'QUIT', tenths: 100 }

/**
 * Starts PostgreSQL from npm on loopback, creating the cluster the first time. It ends when this process ends, however
 * that happens.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32')
    throw new Error('Embedded PostgreSQL needs Linux or macOS (on Windows: WSL). Or set DATABASE_URL.')
  const say = options.say ?? (() => undefined)
  if (options.ephemeral) return runCluster(prepareThrowAway(say), () => Promise.resolve())
  const wanted = resolve(options.dataDir ?? '.data/postgres')
  const account = databaseAccount(wanted, say)
  const place = reachablePlace(account, wanted)
  const unlock = await lockDataDir(wanted)
  try {
    return await runCluster(await prepareLasting(account, wanted, place, say), unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

function prepareThrowAway(say: (line: string) => void): Cluster {
  const account = databaseAccount('', say)
  const dataDir = join(throwAwayPlace(account), 'postgres')
  const binaries = reachableBinaries(account)
  const password = newPassword()
  createCluster(account, binaries, dataDir, password)
  return { account, binaries, dataDir, password, ephemeral: true, logFile: join(dirname(dataDir), 'log'), say }
}

async function prepareLasting(
  account: Account,
  wanted: string,
  place: string,
  say: (line: string) => void,
): Promise<Cluster> {
  const binaries = reachableBinaries(account)
  if (place !== wanted) linkTo(wanted, place, say)
  const passwordFile = `${wanted}.password`
  // empty where the disk was full when it was written
  const remembered = existsSync(passwordFile) ? readFileSync(passwordFile, 'utf8').trim() : ''
  const password = remembered || newPassword()
  if (!remembered) writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (!existsSync(join(place, 'PG_VERSION'))) {
    say('Creating the database…')
    createCluster(account, binaries, place, password)
  } else {
    checkVersion(account, binaries, place)
    await clearLeftovers(place)
    if (!remembered) replacePassword(account, binaries, place, password)
  }
  const files = { logFile: `${wanted}.log`, portFile: `${wanted}.port` }
  return { account, binaries, dataDir: place, password, ephemeral: false, ...files, say }
}

/**
 * `.data` cannot be entered by the database account: the cluster lies elsewhere and `.data/postgres` is a link to it.
 * Without the link the cluster there belongs to a `.data` that somebody removed, and goes too.
 */
function linkTo(wanted: string, place: string, say: (line: string) => void): void {
  const linked = lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()
  if (linked && existsSync(wanted) && realpathSync(wanted) === realpathSync(place)) return
  rmSync(wanted, { force: true })
  rmSync(place, { recursive: true, force: true })
  symlinkSync(place, wanted)
  say(`The database account cannot enter ${dirname(wanted)}; the database lies in ${place}.`)
}

async function runCluster(cluster: Cluster, unlock: () => Promise<void>): Promise<EmbeddedPostgres> {
  const remembered =
    cluster.portFile && existsSync(cluster.portFile) ? Number(readFileSync(cluster.portFile, 'utf8')) : 0
  const port = await choosePort(remembered)
  const kept: Kept = { guard: startGuard(cluster, port), stopping: false }
  await untilReady(cluster, kept.guard)
  if (cluster.portFile) writeFileSync(cluster.portFile, `${port}\n`)
  const ended = keepUp(cluster, port, kept)
  const stop = async () => {
    kept.stopping = true
    kept.guard.ref()
    kept.guard.stdin?.end()
    await ended
    // Only when the guard itself was killed is there still something to clear.
    await clearLeftovers(cluster.dataDir)
    if (cluster.ephemeral) rmSync(dirname(cluster.dataDir), { recursive: true, force: true })
    await unlock()
  }
  let stopping: Promise<void> | undefined
  const ownerUrl = `postgres://${OWNER_ROLE}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`
  return { ownerUrl, dataDir: cluster.dataDir, ended, stop: () => (stopping ??= stop()) }
}

interface Kept {
  guard: ChildProcess
  stopping: boolean
}

/**
 * Starts PostgreSQL again, in the same place and on the same port, when it ended unasked: killed for memory, say.
 * Resolves when it ended as asked, or does not come up any more; a throw-away cluster is gone with its process.
 */
async function keepUp(cluster: Cluster, port: number, kept: Kept): Promise<void> {
  for (;;) {
    await closeOf(kept.guard)
    if (kept.stopping || cluster.ephemeral) return
    cluster.say('The database ended by itself; starting it again.')
    if (!(await startAgain(cluster, port, kept))) return
    cluster.say('The database is up again.')
  }
}

async function startAgain(cluster: Cluster, port: number, kept: Kept): Promise<boolean> {
  const dead = readPidFile(cluster.dataDir)?.pid
  for (let tries = 0; tries < RESTART_TRIES && !kept.stopping; tries++) {
    // Backends of the dead one may still be ending; PostgreSQL itself refuses to start beside them, and only it can
    // know.
    await sleep(Math.min(RESTART_PAUSE_MS * 2 ** tries, RESTART_LONGEST_PAUSE_MS))
    if (kept.stopping) return false
    kept.guard = startGuard(cluster, port)
    const up = await untilReady(cluster, kept.guard, dead).then(
      () => true,
      () => false,
    )
    if (kept.stopping) kept.guard.stdin?.end()
    if (up) return true
  }
  return false
}

function closeOf(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return Promise.resolve()
  return new Promise((done) => guard.once('close', () => done()))
}

function startGuard(cluster: Cluster, port: number): ChildProcess {
  const log = openSync(cluster.logFile, cluster.ephemeral ? 'w' : 'a', 0o600)
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=200',
    'jit=off',
  ]
  // Statements stay out of the log: they carry names and clinical text.
  settings.push('log_min_error_statement=panic', 'log_parameter_max_length_on_error=0', 'log_error_verbosity=terse')
  if (cluster.ephemeral) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off')
  const args = ['-D', cluster.dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const removeAfterwards = cluster.ephemeral ? dirname(cluster.dataDir) : ''
  const guard = spawnGuarded(
    { program: cluster.binaries.postgres, args, end: END, removeAfterwards },
    { ...cluster.account.ids, cwd: '/', env: { ...process.env, LC_ALL: 'C' }, stdio: ['pipe', log, log] },
  )
  closeSync(log)
  guard.unref()
  return guard
}

/** `dead`: the number of one that was killed, whose file may still say that it is ready. */
async function untilReady(cluster: Cluster, guard: ChildProcess, dead?: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += POLL_MS) {
    const written = readPidFile(cluster.dataDir)
    if (written?.ready && written.pid !== dead) return
    if (guard.exitCode !== null || guard.signalCode !== null) throw startFailure(cluster)
    await sleep(POLL_MS)
  }
  guard.stdin?.end()
  throw startFailure(cluster)
}

function startFailure(cluster: Cluster): Error {
  const lastLines = existsSync(cluster.logFile)
    ? readFileSync(cluster.logFile, 'utf8').trim().split('\n').slice(-LAST_LINES)
    : []
  const why = lastLines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lastLines.at(-1) ?? '?'
  return (
    noRoom(lastLines.join('\n')) ??
    new StartRefused(
      `PostgreSQL không chạy được trên ${cluster.dataDir}, xem ${cluster.logFile} · PostgreSQL does not start on ${cluster.dataDir}, see ${cluster.logFile}: ${why}`,
    )
  )
}

function newPassword(): string {
  return randomBytes(24).toString('hex')
}
