import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, mkdir, rename } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../platform/config/config.ts'
import type { Log } from '../../platform/log/log.ts'
import type { MediaAddress, MediaServer } from '../../platform/module.ts'
import { spawnGuarded } from '../spawn-guarded.ts'
import { freeLivekitPorts } from './free-ports.ts'
import { livekitConfig } from './livekit-config.ts'

/** Later releases carry `replace` lines, which `go install` refuses. */
export const BUILT_VERSION = 'v1.11.0'
const MODULE = `github.com/livekit/livekit-server/cmd/server@${BUILT_VERSION}`
/** The server's own go.mod asks for it. */
const GO_NEEDED = [1, 25] as const

/** The first wait before it is started again, and the longest where it keeps dying. */
const AGAIN_MS = 200
const AGAIN_MOST_MS = 30_000
/** Who ran for so long is not one that keeps dying. */
const STEADY_MS = 30_000

/** What is started, again and again. */
interface Server {
  readonly binary: string
  readonly config: string
  readonly port: number
  readonly address: MediaAddress
}

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
  #eventsUrl: string | undefined
  #server: Server | null = null
  #deaths = 0
  #restart: NodeJS.Timeout | undefined
  readonly #listeners: (() => void)[] = []

  constructor(config: LivekitConfig, log: Log) {
    this.#config = config
    this.#log = log
  }

  state() {
    return { address: this.#address, detail: this.#detail }
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async start(eventsUrl?: string): Promise<void> {
    this.#eventsUrl = eventsUrl
    const found = await this.#find()
    if (found !== null) return this.#run(found)
    if (!(await goIsRecent())) return this.#say(null, 'no livekit-server and no Go to build it')
    this.#say(null, 'LiveKit is being built in the background')
    return this.#build()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#restart)
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
    const ports = await freeLivekitPorts()
    const apiKey = `moinha${randomBytes(6).toString('hex')}`
    const apiSecret = randomBytes(32).toString('hex')
    const config = livekitConfig({ ports, apiKey, apiSecret, eventsUrl: this.#eventsUrl })
    // the same object for good: a server that was started again has the same ports and keys, and tokens stay good
    this.#server = {
      binary,
      config,
      port: ports.http,
      address: { url: `ws://127.0.0.1:${ports.http}`, apiKey, apiSecret },
    }
    await this.#launch(this.#server)
  }

  async #launch(server: Server): Promise<void> {
    const began = performance.now()
    // The keys go through the environment: a command line can be read by every process of the machine.
    const child = spawnGuarded(
      { program: server.binary, args: [], end: { ask: 'TERM', insist: 'KILL', tenths: 30 } },
      { env: { ...process.env, LIVEKIT_CONFIG: server.config }, stdio: ['pipe', 'ignore', 'ignore'] },
    )
    this.#child = child
    child.once('error', () => this.#giveUp('livekit-server does not start'))
    child.once('exit', () => this.#again(server, performance.now() - began))
    if (!(await answers(server.port, () => this.#stopped || child.exitCode !== null))) return
    this.#say(server.address, `LiveKit started by this server on port ${server.port}`)
  }

  /** Ended, whoever did it: started again on the same ports, later each time it does not last. */
  #again(server: Server, livedMs: number): void {
    if (this.#stopped) return
    this.#deaths = livedMs >= STEADY_MS ? 1 : this.#deaths + 1
    const waitMs = Math.min(AGAIN_MS * 2 ** (this.#deaths - 1), AGAIN_MOST_MS)
    this.#say(null, 'livekit-server ended and is started again')
    this.#restart = setTimeout(() => void this.#launch(server), waitMs)
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
    for (const listener of this.#listeners) listener()
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
