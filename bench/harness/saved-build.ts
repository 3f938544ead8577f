import { execFileSync, spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../../apps/server/src/embedded/postgres/start-embedded-postgres.ts'

const root = join(import.meta.dirname, '..', '..')
const cache = join(root, '.data', 'saved-builds')
const startMs = 120_000
const pollMs = 200
const stopMs = 20_000

/** The last commit before reads and bookings were made faster: what "how much faster" is measured against. */
export const baseline = 'eccf545'

/** One server process of some build, on a PostgreSQL of its own, with the demo network loaded. */
export interface RunningBuild {
  /** `present`, or the commit. */
  name: string
  port: number
  pid: number
  ownerUrl: string
  /** Sessions made by `makeCrowd` must be signed with it. */
  secret: string
  /** Megabytes this process holds now, and the most it ever held. */
  memory(): { nowMb: number; peakMb: number }
  stop(): Promise<void>
}

/**
 * The sources of a commit in a folder of their own. Installed packages are today's (linked), since the registry may be
 * out of reach; our own packages are the commit's.
 */
export function savedBuild(commit: string): string {
  const full = execFileSync('git', ['rev-parse', '--verify', `${commit}^{commit}`], { cwd: root, encoding: 'utf8' })
  const place = join(cache, full.trim().slice(0, 12))
  if (existsSync(place)) return place
  mkdirSync(cache, { recursive: true })
  const half = mkdtempSync(`${place}-`)
  const archive = execFileSync('git', ['archive', '--format=tar', commit], { cwd: root, maxBuffer: 1 << 30 })
  execFileSync('tar', ['-x', '-C', half], { input: archive })
  for (const folder of ['', 'apps/server', 'apps/web']) linkPackages(folder, half)
  renameSync(half, place)
  return place
}

function linkPackages(folder: string, half: string): void {
  const [from, to] = [join(root, folder, 'node_modules'), join(half, folder, 'node_modules')]
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    if (name !== '@moinha') symlinkSync(join(from, name), join(to, name))
  }
  const own = join(from, '@moinha')
  if (!existsSync(own)) return
  mkdirSync(join(to, '@moinha'))
  for (const name of readdirSync(own)) {
    const target = ['packages', 'apps', ''].map((one) => join(one, name)).find((one) => existsSync(join(half, one)))
    if (target && lstatSync(join(own, name)).isSymbolicLink())
      symlinkSync(join('..', '..', target), join(to, '@moinha', name))
  }
}

/** How that build starts its server; an earlier one may say nothing about it. */
function nodeArgsOf(folder: string): string[] {
  const text = readFileSync(join(folder, 'apps', 'server', 'package.json'), 'utf8')
  return (JSON.parse(text) as { config?: { nodeArgs?: string[] } }).config?.nodeArgs ?? []
}

const secret = 'only-for-the-bench-in-throw-away-databases'

const settingsOf = (own: { port: number; databaseUrl: string; dataDir: string }): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(own.port),
  DATABASE_URL: own.databaseUrl,
  DATA_DIR: own.dataDir,
  AUTH_SECRET: secret,
  DEMO: '1',
  LIVEKIT: 'off',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'error',
  MOINHA_STARTER: String(process.pid),
})

/** Starts the server of a folder: the present sources, or what `savedBuild` answers. */
export async function startBuild(name: string, folder = root, env: Record<string, string> = {}): Promise<RunningBuild> {
  const database = await startEmbeddedPostgres({ ephemeral: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'moinha-bench-'))
  const port = await freePort()
  const settings = { ...settingsOf({ port, databaseUrl: database.ownerUrl, dataDir }), ...env }
  const guard = pathToFileURL(join(root, 'tools', 'stop-with-parent.mjs')).href
  // to look inside: BENCH_NODE_ARGS=--cpu-prof npm run bench -- …
  const asked = process.env['BENCH_NODE_ARGS']?.split(' ') ?? []
  const nodeArgs = [...nodeArgsOf(folder), ...asked, '--import', guard]
  const child = spawn(process.execPath, [...nodeArgs, 'apps/server/src/main.ts'], {
    cwd: folder,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const written: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => written.push(chunk))
  const ended = new Promise((done) => child.once('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })])
    child.kill('SIGKILL')
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  if (!(await answers(port, () => child.exitCode === null))) {
    await stop()
    throw new Error(`${name} did not start:\n${Buffer.concat(written).toString('utf8').slice(-3_000)}`)
  }
  const pid = child.pid ?? 0
  return { name, port, pid, ownerUrl: database.ownerUrl, secret, memory: () => memoryOf(pid), stop }
}

/** The present sources and those of an earlier commit, each started; both are stopped if one of them fails. */
export async function startPair(
  commit = baseline,
  env: Record<string, string> = {},
): Promise<[RunningBuild, RunningBuild]> {
  const earlier = await startBuild(commit, savedBuild(commit), env)
  try {
    return [await startBuild('present', root, env), earlier]
  } catch (error) {
    await earlier.stop()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

async function answers(port: number, alive: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < startMs && alive(); waitedMs += pollMs) {
    if ((await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok) return true
    await sleep(pollMs)
  }
  return false
}

/** From the kernel; without one that says so (macOS), nothing. */
function memoryOf(pid: number): { nowMb: number; peakMb: number } {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024)
  return { nowMb: mb('VmRSS'), peakMb: mb('VmHWM') }
}
