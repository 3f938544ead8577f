import { createAdapter } from '@socket.io/redis-streams-adapter'
import type { Server as HttpServer } from 'node:http'
import pg from 'pg'
import { createClient } from 'redis'
import { Server, type Socket } from 'socket.io'
import type { Actor } from '../access/actor.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../log/log.ts'
import { liveChannel } from './publish.ts'

/** What a socket knows of its owner, fixed when it connected. */
export interface LiveSocket extends Socket {
  data: { actor: Actor; readCookie: string }
}

export interface LiveOptions {
  config: Pick<Config, 'REDIS_URL' | 'PUBLIC_URL'>
  databaseUrl: string
  log: Log
  /** Who is behind this cookie header? Anonymous people get no socket. */
  readActor(cookie: string): Promise<Actor>
  mayConnect(origin: string | undefined, host: string | undefined): boolean
}

/** Published to `person:<id>` whenever a session of theirs ends. */
const signedOut = 'identity.signed-out'

type OnSocket = (socket: LiveSocket, live: Live) => void

/** Open screens. A socket joins its person's and its units' topics; modules add their own. */
export class Live {
  readonly io: Server
  #listener: pg.Client | undefined
  #redis: { quit(): Promise<unknown> } | undefined
  #onSocket: OnSocket[] = []
  #stopping = false

  constructor(http: HttpServer, options: LiveOptions) {
    this.io = new Server(http, {
      path: '/socket.io', serveClient: false, maxHttpBufferSize: 200_000,
      connectionStateRecovery: { maxDisconnectionDuration: 120_000 },
      pingInterval: 10_000, pingTimeout: 8_000,
      allowRequest: (request, done) => done(null, options.mayConnect(request.headers.origin, request.headers.host)),
    })
    this.io.use((socket, next) => {
      const cookie = socket.handshake.headers.cookie ?? ''
      options.readActor(cookie).then((actor) => {
        if (!actor.personId) return next(new Error('SIGN_IN_REQUIRED'))
        socket.data = { actor, readCookie: cookie }
        next()
      }, () => next(new Error('UNAVAILABLE')))
    })
    this.io.on('connection', (socket) => this.#welcome(socket as LiveSocket))
  }

  /** A module's own socket events; registered once, before the first connection. */
  onSocket(handler: OnSocket): void {
    this.#onSocket.push(handler)
  }

  #welcome(socket: LiveSocket): void {
    const { actor } = socket.data
    void socket.join([`person:${actor.personId}`, ...actor.facilityIds.map((id) => `facility:${id}`)])
    for (const handler of this.#onSocket) handler(socket, this)
  }

  /** Listens to what transactions publish and hands it to the sockets of this process. */
  async start(options: LiveOptions): Promise<void> {
    if (options.config.REDIS_URL) {
      const client = createClient({ url: options.config.REDIS_URL })
      client.on('error', (error) => options.log.warn({ err: String(error) }, 'redis connection lost, reconnecting'))
      await client.connect()
      this.#redis = client
      this.io.adapter(createAdapter(client))
    }
    await this.#listen(options)
  }

  async #listen(options: LiveOptions): Promise<void> {
    const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'moinha-live' })
    client.on('notification', ({ payload }) => {
      if (!payload) return
      const message = JSON.parse(payload) as { topic: string; name: string; payload: unknown }
      this.io.local.to(message.topic).emit(message.name, message.payload)
      if (message.name === signedOut) void this.#dropSignedOut(message.topic, options)
    })
    client.on('error', () => {
      options.log.warn('live connection to the database lost, listening again')
      this.#listenAgain(options)
    })
    await client.connect()
    await client.query(`listen ${liveChannel}`)
    this.#listener = client
  }

  #listenAgain(options: LiveOptions): void {
    if (this.#stopping) return
    setTimeout(() => void this.#listen(options).catch(() => this.#listenAgain(options)), 1000).unref()
  }

  /** A session ended somewhere: sockets of that person whose cookie no longer opens anything are closed. */
  async #dropSignedOut(topic: string, options: LiveOptions): Promise<void> {
    for (const socket of await this.io.local.in(topic).fetchSockets()) {
      const actor = await options.readActor((socket.data as LiveSocket['data']).readCookie).catch(() => undefined)
      if (!actor?.personId) socket.disconnect(true)
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.io.close()
    await this.#listener?.end()
    await this.#redis?.quit()
  }
}
