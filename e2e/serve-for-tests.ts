import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const START_LIMIT_MS = 180_000
const STOP_LIMIT_MS = 15_000
const POLL_MS = 200

/**
 * Playwright global setup: the real server as `npm start` runs it, with the demo network, on a free port and a data
 * directory that goes at the end. With BASE_URL set from outside, that server is tested instead.
 */
export default function serveForTests(): Promise<() => Promise<void>> {
  return serve({ LIVEKIT: 'off' })
}

/** The same with settings of a set of tests. */
export async function serve(settings: Record<string, string>): Promise<() => Promise<void>> {
  if (process.env.BASE_URL) return () => Promise.resolve()
  const dataDir = mkdtempSync(join(tmpdir(), 'moinha-e2e-'))
  // As root the database runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o755)
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  // several sets of tests may run side by side
  const logFile = join(root, 'test-results', `server-${port}.log`)
  const server = startServer({ DATA_DIR: dataDir, PORT: String(port), ...settings }, logFile)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  process.env.BASE_URL = baseUrl
  process.env.E2E_DATA_DIR = dataDir
  const stop = async () => {
    server.kill('SIGTERM')
    await Promise.race([ended, sleep(STOP_LIMIT_MS).then(() => server.kill('SIGKILL'))])
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await untilReady(`${baseUrl}/health`, () => server.exitCode !== null || server.signalCode !== null)
  } catch (cause) {
    await stop()
    throw new Error(
      `The server did not become ready. Its log (${logFile}) ends:\n${readFileSync(logFile, 'utf8').slice(-4000)}`,
      { cause },
    )
  }
  return stop
}

function startServer(settings: Record<string, string>, logFile: string) {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'w')
  return spawn(
    join(root, 'node_modules/.bin/node'),
    ['--import', './tools/stop-with-parent.mjs', 'apps/server/src/main.ts'],
    {
      cwd: root,
      env: {
        ...withoutDatabase(process.env),
        HOST: '127.0.0.1',
        DEMO: '1',
        ...settings,
        MOINHA_STARTER: String(process.pid),
      },
      stdio: ['ignore', log, log, 'pipe'],
    },
  )
}

/** Whatever database the developer points to, the tests write into their own. */
function withoutDatabase({
  DATABASE_URL: _database,
  APP_DATABASE_URL: _appDatabase,
  ...rest
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return rest
}

async function untilReady(url: string, gone: () => boolean): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += POLL_MS) {
    if (gone()) throw new Error('The server ended.')
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await sleep(POLL_MS)
  }
  throw new Error(`${url} did not answer in ${START_LIMIT_MS / 1000} s.`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
