import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, mkdir, rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../platform/config/config.ts'
import type { Log } from '../../platform/log/log.ts'
import type { MediaAddress, MediaServer } from '../../platform/module.ts'
import { spawnGuarded } from '../spawn-guarded.ts'

/** Later releases carry `replace` lines, which `go install` refuses. */
const BUILT_VERSION = 'v1.11.0'
const MODULE = `github.com/livekit/livekit-server/cmd/server@${BUILT_VERSION}`
/** The server's own go.mod asks for it. */
const GO_NEEDED = [1, 25] as const

type LivekitConfig = Pick<Config, 'LIVEKIT_SERVER' | 'DATA_DIR'>

/** A LiveKit server found on this machine and started, or built first where Go is. */
export class EmbeddedLivekit implements MediaServer {
  readonly #config: LivekitConfig
  readonly #log: Log
  #address: MediaAddress | null = null
  #detail = 'looking for LiveKit'
  #child: ChildProcess | null = null
  #builder: ChildProcess | null = null
  #stopped = false

  constructor(config: LivekitConfig, log: Log) {
    this.#config = config
    this.#log = log
  }

  state() {
    return { address: this.#address, detail: this.#detail }
  }

  async start(): Promise<void> {
    const found = await this.#find()
    if (found !== null) return this.#run(found)
    if (!(await goIsRecent())) return this.#say(null, 'no livekit-server and no Go to build it')
    this.#say(null, 'LiveKit is being built in the background')
    return this.#build()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#builder?.kill('SIGTERM')
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.stdin?.end()
    await ended
  }

  get #cached(): string {
    return join(this.#config.DATA_DIR, 'bin', 'livekit-server')
  }

  async #find(): Promise<string | null> {
    const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'livekit-server'))
    for (const candidate of [this.#config.LIVEKIT_SERVER, ...onPath, this.#cached]) {
      if (candidate !== undefined && (await isExecutable(candidate))) return candidate
    }
    return null
  }

  async #run(binary: string): Promise<void> {
    const port = await freePort()
    const apiKey = `moinha${randomBytes(6).toString('hex')}`
    const apiSecret = randomBytes(32).toString('hex')
    const config = JSON.stringify({
      port,
      bind_addresses: ['127.0.0.1'],
      keys: { [apiKey]: apiSecret },
      logging: { level: 'error' },
      rtc: {
        node_ip: '127.0.0.1',
        use_external_ip: false,
        tcp_port: 0,
        port_range_start: 50_000,
        port_range_end: 50_400,
      },
    })
    // The keys go through the environment: a command line can be read by every process of the machine.
    const child = spawnGuarded(
      { program: binary, args: [], end: { ask: 'TERM', insist: 'KILL', tenths: 30 } },
      { env: { ...process.env, LIVEKIT_CONFIG: config }, stdio: ['pipe', 'ignore', 'ignore'] },
    )
    this.#child = child
    child.once('error', () => this.#giveUp('livekit-server does not start'))
    child.once('exit', () => this.#giveUp('livekit-server ended'))
    if (!(await answers(port, () => this.#stopped || child.exitCode !== null))) return
    const address = { url: `ws://127.0.0.1:${port}`, apiKey, apiSecret }
    this.#say(address, `LiveKit started by this server on port ${port}`)
  }

  #giveUp(why: string): void {
    if (!this.#stopped) this.#say(null, why)
  }

  /** About 75 s on 2 cores at the lowest priority; the mesh serves meanwhile. */
  async #build(): Promise<void> {
    const folder = join(this.#config.DATA_DIR, 'bin')
    await mkdir(folder, { recursive: true })
    const build = spawn('nice', ['-n', '19', 'go', 'install', MODULE], {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '-p=1' },
      stdio: 'ignore',
    })
    this.#builder = build
    const code = await new Promise<number | null>((done) => {
      build.once('exit', done)
      build.once('error', () => done(null))
    })
    if (this.#stopped) return
    if (code !== 0 || !existsSync(join(folder, 'server'))) return this.#giveUp('LiveKit could not be built')
    await rename(join(folder, 'server'), this.#cached)
    await this.#run(this.#cached)
  }

  #say(address: MediaAddress | null, detail: string): void {
    this.#address = address
    this.#detail = detail
    this.#log.info(`media server: ${detail}`)
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function goIsRecent(): Promise<boolean> {
  const output = await new Promise<string>((done) => {
    const go = spawn('go', ['env', 'GOVERSION'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    go.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    go.once('error', () => done(''))
    go.once('close', () => done(text))
  })
  return isRecentGo(output)
}

/** `go1.25.3` or newer. */
export function isRecentGo(version: string): boolean {
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined || minor === undefined) return false
  return Number(major) > GO_NEEDED[0] || (Number(major) === GO_NEEDED[0] && Number(minor) >= GO_NEEDED[1])
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function answers(port: number, stop: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 50 && !stop(); attempt++) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (up) return true
    await sleep(100)
  }
  return false
}
