import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..', '..', '..', '..')
const startMs = 90_000
const stopMs = 20_000
const pollMs = 100

/** One real server process, `main.ts` as it runs anywhere else. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Everything it wrote. */
  log(): string
  /** Resolves with what it ended by, whenever that is. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** `SIGKILL` unless told otherwise; waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/**
 * Starts a server process with these settings and waits until its page answers; throws with its log when it does not.
 */
export async function startServerProcess(port: number, env: Record<string, string>): Promise<ServerProcess> {
  const url = `http://127.0.0.1:${port}`
  const chunks: Buffer[] = []
  const child = spawn(process.execPath, ['--import', './tools/stop-with-parent.mjs', 'apps/server/src/main.ts'], {
    cwd: root,
    env: { ...plainEnvironment(), HOST: '127.0.0.1', PORT: String(port), MOINHA_STARTER: String(process.pid), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const log = () => Buffer.concat(chunks).toString('utf8')
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  )
  const server: ServerProcess = { url, pid: child.pid ?? 0, log, ended, kill: (signal) => end(child, ended, signal) }
  if (await answers(url, child)) return server
  const exit = child.exitCode
  await server.kill()
  throw new Error(`the server did not start (exit code ${exit}):\n${log().slice(-4_000)}`)
}

/** Without what the test run itself was given. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _owner,
    APP_DATABASE_URL: _app,
    AUTH_DATABASE_URL: _auth,
    REDIS_URL: _redis,
    VITEST: _vitest,
    ...rest
  } = process.env
  return rest
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < startMs; waitedMs += pollMs) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    const reply = await fetch(`${url}/health`).catch(() => undefined)
    if (reply?.ok) return true
    await sleep(pollMs)
  }
  return false
}

async function end(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  child.kill(signal)
  const late = await Promise.race([ended, sleep(stopMs, 'late', { ref: false })])
  if (late === 'late') child.kill('SIGKILL')
  await ended
}
