import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Where the real thing listens. */
export interface Target {
  host: string
  port: number
}

/**
 * A wire that a test can break: stands on a free loopback port before a database or Redis and hands bytes through until
 * told otherwise. What breaks here is what breaks in life: a connection reset, a port that refuses, a peer that falls
 * silent.
 */
export class FaultProxy {
  readonly #server: Server
  readonly #target: Target
  readonly #pairs = new Set<{ near: Socket; far: Socket }>()
  #refusing = false
  #silent = false

  private constructor(target: Target) {
    this.#target = target
    this.#server = createServer((near) => this.#take(near))
  }

  static async open(target: Target): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Connections that go through at this moment. */
  get open(): number {
    return this.#pairs.size
  }

  /** Hangs up on everybody now; new connections go through. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
  }

  /** As if the thing behind were gone: hangs up and refuses, until `restore`. */
  takeAway(): void {
    this.#refusing = true
    this.cut()
  }

  /** As if the wire were unplugged: nobody hangs up and nothing passes, new connections included, until `restore`. */
  silence(): void {
    this.#silent = true
    for (const pair of this.#pairs) pauseBoth(pair)
  }

  /** Lets everything through again. */
  restore(): void {
    this.#refusing = false
    this.#silent = false
    for (const { near, far } of this.#pairs) {
      near.resume()
      far.resume()
    }
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((done) => this.#server.close(done))
  }

  #take(near: Socket): void {
    near.on('error', () => {})
    if (this.#refusing) return void near.resetAndDestroy()
    const far = connect(this.#target.port, this.#target.host)
    far.on('error', () => near.destroy())
    const pair = { near, far }
    this.#pairs.add(pair)
    const end = () => {
      this.#pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    near.once('close', end).on('data', (data: Buffer) => void far.write(data))
    far.once('close', end).on('data', (data: Buffer) => void near.write(data))
    if (this.#silent) pauseBoth(pair)
  }
}

function pauseBoth({ near, far }: { near: Socket; far: Socket }): void {
  near.pause()
  far.pause()
}
