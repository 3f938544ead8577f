import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * The simplest proxy a province could put before several processes: each new connection goes to the next of them, and
 * to the one after when that one does not answer. No stickiness. Live lines are dealt out apart from other connections,
 * so that a test can say who sits where: the first person's line at the first process, the second's at the second.
 */
export class FrontDoor {
  readonly #server: Server
  readonly #ports: readonly number[]
  readonly #turns = { line: 0, request: 0 }

  private constructor(ports: readonly number[]) {
    this.#ports = ports
    this.#server = createServer((near) => this.#take(near))
  }

  static async open(ports: readonly number[]): Promise<FrontDoor> {
    const door = new FrontDoor(ports)
    await new Promise<void>((done) => door.#server.listen(0, '127.0.0.1', done))
    return door
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await new Promise((done) => this.#server.close(done))
  }

  #take(near: Socket): void {
    near.on('error', () => {})
    near.once('data', (first: Buffer) => {
      near.pause()
      const kind = first.toString('latin1').startsWith('GET /socket.io/') ? 'line' : 'request'
      const turn = this.#turns[kind]++
      this.#connect(near, first, turn, this.#ports.length)
    })
  }

  #connect(near: Socket, first: Buffer, turn: number, left: number): void {
    if (left === 0) return void near.destroy()
    const far = connect(this.#ports[turn % this.#ports.length] ?? 0, '127.0.0.1')
    far.once('error', () => {
      if (far.pending || far.connecting) this.#connect(near, first, turn + 1, left - 1)
      else near.destroy()
    })
    far.once('connect', () => {
      far.write(first)
      near.pipe(far)
      far.pipe(near)
      near.once('close', () => far.destroy())
      far.once('close', () => near.destroy())
    })
  }
}
