import { spawn, spawnSync } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'

export interface TestRedis {
  url: string
  port: number
  stop(): Promise<void>
}

const places = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']
const startMs = 10_000

/**
 * A Redis of its own on a free port that keeps nothing. Installs Debian's when there is none and we may; else throws in
 * words.
 */
export async function startRedis(): Promise<TestRedis> {
  const binary = findRedis() ?? installRedis()
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no']
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'ignore'], cwd: '/' })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  process.once('exit', () => child.kill('SIGKILL'))
  const url = `redis://127.0.0.1:${port}`
  await untilAnswers(url)
  return {
    url,
    port,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function findRedis(): string | undefined {
  const given = process.env['REDIS_SERVER']
  return [given, ...places].find((path) => path && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0)
}

/** As `tools/chromium.mjs` does for the browser. */
function installRedis(): string {
  if (process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update'], { env, stdio: 'ignore' })
    // its service would start at once and take the usual port
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], {
      env: { ...env, RUNLEVEL: '1' },
      stdio: 'ignore',
    })
  }
  const installed = findRedis()
  if (installed) return installed
  throw new Error('These tests need a redis-server. Install one, or give its path: REDIS_SERVER=/path/to/redis-server')
}

async function untilAnswers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: () => 50 } })
  client.on('error', () => {})
  const ready = client.connect().then(() => client.ping())
  const late = sleep(startMs, 'late' as const, { ref: false })
  if ((await Promise.race([ready, late])) === 'late') throw new Error('redis-server did not answer')
  client.destroy()
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
