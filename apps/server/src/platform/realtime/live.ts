import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http'
import { Server, type DefaultEventsMap, type Socket } from 'socket.io'
import type { Actor } from '../access/actor.ts'
import { readPage, type ReadGuests } from '../access/guests.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../log/log.ts'
import type { Processes } from '../processes/processes.ts'
import { accessChanged } from './publish.ts'
import { connectRedis, type RedisBetween } from './redis-between.ts'
import { connects, isClogged, limitMessages, pagesPerPerson } from './socket-limits.ts'
import { TokenBucket } from './token-bucket.ts'
import { sameAccess, topicsOf } from './topics.ts'

/** An open page. Its `data` may cross to other processes: plain values only, and nothing secret. */
export type LiveSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, { since?: number }>

/** A page as the reader of sessions needs it: its cookie, and whether its person did something on it lately. */
export interface OpenPage {
  cookie: string
  used: boolean
  /** Opened by a guest of a visit. */
  guest: boolean
}

export interface LiveOptions {
  config: Pick<Config, 'REDIS_URL' | 'PUBLIC_URL'>
  processes: Processes
  log: Log
  /** Who is behind this cookie header? Anonymous people get no socket. */
  readActor(cookie: string): Promise<Actor>
  /** The same of guests of visits. */
  readGuests: ReadGuests
  /** The same for many pages at once, in one query. */
  readActors(pages: readonly OpenPage[]): Promise<Actor[]>
  mayConnect(headers: IncomingHttpHeaders): boolean
}

/** What this process knows of a socket of its own; never leaves it. */
interface Owner {
  actor: Actor
  readonly cookie: string
  readonly guest: boolean
  used: boolean
}

type OnSocket = (socket: LiveSocket, live: Live) => void
type OnActorChanged = (socket: LiveSocket, actor: Actor) => void
type OnAccessTold = (personId: string) => void
type OnMessage = (socket: LiveSocket, payload: unknown) => void

/** A page that does not say who it is in this time is nobody. */
const signInMs = 5_000
/** Signals that come together are answered by one reading. */
const gatherMs = 50
/** Sessions also end by time, and nobody tells. */
const readAgainMs = 60_000
const lookForCloggedMs = 5_000
const pagesPerReading = 500

/** Open screens. A socket joins its person's and its units' topics; modules add their own. */
export class Live {
  readonly io: Server
  readonly #options: LiveOptions
  readonly #owners = new WeakMap<Socket, Owner>()
  readonly #connects = new Map<string, TokenBucket>()
  readonly #onSocket: OnSocket[] = []
  readonly #onActorChanged: OnActorChanged[] = []
  readonly #onAccessTold: OnAccessTold[] = []
  readonly #onMessage = new Map<string, OnMessage[]>()
  readonly #toReadAgain = new Set<string>()
  readonly #timers: NodeJS.Timeout[] = []
  #redis: RedisBetween | undefined

  constructor(http: HttpServer, options: LiveOptions) {
    this.#options = options
    // No connection-state recovery: it would hand over missed messages before anybody asked who is there, keep every
    // message of two minutes in memory, and not see what transactions publish. A page that comes back begins anew and
    // reads again.
    this.io = new Server(http, {
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: 200_000,
      connectTimeout: signInMs,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      allowRequest: (request, done) => done(null, options.mayConnect(request.headers)),
    })
    this.io.use((socket, next) => {
      const refuse = (code: string | undefined) => next(code === undefined ? undefined : new Error(code))
      this.#signIn(socket).then(refuse, () => refuse('UNAVAILABLE'))
    })
    this.io.on('connection', (socket) => this.#welcome(socket))
    options.processes.onNotification((message) => this.#hear(message))
    options.processes.onBack(() => this.#catchUp())
    options.processes.onReborn(() => this.#beginAnew())
  }

  /** A module's own socket events; registered once, before the first connection. */
  onSocket(handler: OnSocket): void {
    this.#onSocket.push(handler)
  }

  /** What a person may do changed while the page was open: what they lost must end here too. */
  onActorChanged(handler: OnActorChanged): void {
    this.#onActorChanged.push(handler)
  }

  /** Something a person may do began or ended, whether a page of theirs is open here or not. Every process hears it. */
  onAccessTold(handler: OnAccessTold): void {
    this.#onAccessTold.push(handler)
  }

  /** A message that this process must act on for each of its own sockets in the topic, not only pass on. */
  onMessage(name: string, handler: OnMessage): void {
    this.#onMessage.set(name, [...(this.#onMessage.get(name) ?? []), handler])
  }

  /** Who owns the page, as last read. */
  actorOf(socket: LiveSocket): Actor {
    return this.ownerOf(socket).actor
  }

  /** The same with the cookie, which names the page's session and stays in this process. */
  ownerOf(socket: LiveSocket): Pick<Owner, 'actor' | 'cookie'> {
    const owner = this.#owners.get(socket)
    if (!owner) throw new Error('a socket without an owner')
    return owner
  }

  /** Who owns the page now: as fresh as a request. Undefined when the session ended; the page is closed then. */
  async freshActor(socket: LiveSocket): Promise<Actor | undefined> {
    const owner = this.#owners.get(socket)
    if (!owner) return undefined
    this.#settle(socket, await readPage(this.#options, owner))
    return socket.connected ? owner.actor : undefined
  }

  async #signIn(socket: Socket): Promise<string | undefined> {
    const cookie = socket.handshake.headers.cookie ?? ''
    // the handshake is shown to other processes, and the cookie opens everything
    delete socket.handshake.headers.cookie
    const guest = (socket.handshake.auth as { guest?: unknown }).guest === true
    const actor = await readPage(this.#options, { cookie, guest })
    if (!actor.personId) return 'SIGN_IN_REQUIRED'
    if (!this.#bucketOf(actor.personId).take()) return 'TOO_MANY_REQUESTS'
    this.#owners.set(socket, { actor, cookie, guest, used: true })
    socket.data = { since: performance.timeOrigin + performance.now() }
    return undefined
  }

  #bucketOf(personId: string): TokenBucket {
    const known = this.#connects.get(personId) ?? new TokenBucket(connects.size, connects.perSecond)
    this.#connects.set(personId, known)
    return known
  }

  #welcome(socket: LiveSocket): void {
    const owner = this.#owners.get(socket)
    if (!owner) return void socket.disconnect(true)
    void socket.join(topicsOf(owner.actor))
    limitMessages(socket, (code) => this.#close(socket, code))
    socket.onAny(() => (owner.used = true))
    for (const handler of this.#onSocket) handler(socket, this)
    void this.#boundPages(owner.actor.personId ?? '')
  }

  /** The oldest page gives way to the newest: a forgotten tab must not lock its own person out. */
  async #boundPages(personId: string): Promise<void> {
    const room = `person:${personId}`
    // even a "local" fetch asks Redis how many processes there are: without it only the own pages are looked at
    const own = () => this.#ownIn(room)
    const pages = this.#redis ? await this.io.in(room).fetchSockets().catch(own) : own()
    const since = (page: { data: { since?: number } }) => page.data.since ?? 0
    const surplus = Math.max(0, pages.length - pagesPerPerson)
    const oldest = [...pages].sort((a, b) => since(a) - since(b)).slice(0, surplus)
    for (const page of oldest) {
      page.emit('live:closed', { code: 'TOO_MANY_PAGES' })
      page.disconnect(true)
    }
  }

  #close(socket: Socket, code: string): void {
    if (!socket.connected) return
    socket.emit('live:closed', { code })
    socket.disconnect(true)
  }

  #hear(text: string): void {
    const message = JSON.parse(text) as { topic: string; name: string; payload: unknown }
    if (message.name === accessChanged) {
      for (const handler of this.#onAccessTold) handler(message.topic.replace('person:', ''))
      return this.#readSoon(message.topic)
    }
    this.io.local.to(message.topic).emit(message.name, message.payload)
    for (const handler of this.#onMessage.get(message.name) ?? []) {
      for (const socket of this.#ownIn(message.topic)) handler(socket, message.payload)
    }
  }

  #ownIn(room: string): Socket[] {
    const ids = this.io.of('/').adapter.rooms.get(room) ?? new Set()
    return [...ids].flatMap((id) => this.io.of('/').sockets.get(id) ?? [])
  }

  #readSoon(topic: string): void {
    if (this.#ownIn(topic).length === 0) return
    if (this.#toReadAgain.size === 0) setTimeout(() => this.#readGathered(), gatherMs).unref()
    this.#toReadAgain.add(topic)
  }

  #readGathered(): void {
    const topics = [...this.#toReadAgain]
    this.#toReadAgain.clear()
    const sockets = new Set(topics.flatMap((topic) => this.#ownIn(topic)))
    this.#readAgain([...sockets]).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'sockets not read again; tried once more')
      if (topics.length > 0) setTimeout(() => topics.forEach((topic) => this.#readSoon(topic)), 1_000).unref()
    })
  }

  async #readAgain(sockets: Socket[]): Promise<void> {
    const owned = sockets.flatMap((socket) => {
      const owner = this.#owners.get(socket)
      return owner ? [{ socket, page: { cookie: owner.cookie, used: owner.used, guest: owner.guest } }] : []
    })
    for (let from = 0; from < owned.length; from += pagesPerReading) {
      const part = owned.slice(from, from + pagesPerReading)
      const actors = await this.#options.readActors(part.map(({ page }) => page))
      actors.forEach((actor, index) => {
        const page = part[index]
        if (page) this.#settle(page.socket, actor)
      })
    }
  }

  /** Takes what was read as the truth from now on. */
  #settle(socket: Socket, actor: Actor): void {
    const owner = this.#owners.get(socket)
    if (!owner) return
    if (!actor.personId || actor.personId !== owner.actor.personId) return this.#close(socket, 'SIGN_IN_REQUIRED')
    const before = owner.actor
    owner.actor = actor
    if (sameAccess(before, actor)) return
    const topics = topicsOf(actor)
    for (const lost of topicsOf(before).filter((topic) => !topics.includes(topic))) void socket.leave(lost)
    void socket.join(topics)
    for (const handler of this.#onActorChanged) handler(socket, actor)
    socket.emit('live:access')
  }

  /** The line to the database was away: messages were missed, and so may have been the end of a session. */
  #catchUp(): void {
    this.io.local.emit('live:missed')
    this.#readAgain([...this.io.of('/').sockets.values()]).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'sockets not read again after the database came back')
    })
  }

  /** Participants and presence of this process were cleared by the others: every page says anew where it is. */
  #beginAnew(): void {
    for (const socket of this.io.of('/').sockets.values()) socket.conn.close()
  }

  /** Opens the way between processes, and keeps watch over the sockets of this one. */
  async start(): Promise<void> {
    const { config, log } = this.#options
    if (config.REDIS_URL) {
      this.#redis = await connectRedis(config.REDIS_URL, log)
      this.io.adapter(this.#redis.adapter)
    }
    this.#timers.push(
      setInterval(() => this.#readAllAgain(), readAgainMs).unref(),
      setInterval(() => this.#dropClogged(), lookForCloggedMs).unref(),
    )
  }

  #readAllAgain(): void {
    const sockets = [...this.io.of('/').sockets.values()]
    const open = new Set(sockets.map((socket) => this.#owners.get(socket)?.actor.personId))
    for (const personId of this.#connects.keys()) if (!open.has(personId)) this.#connects.delete(personId)
    this.#readAgain(sockets).then(
      () =>
        sockets.forEach((socket) => {
          const owner = this.#owners.get(socket)
          if (owner) owner.used = false
        }),
      (error: unknown) => this.#options.log.warn({ err: error }, 'sockets not read again this minute'),
    )
  }

  #dropClogged(): void {
    for (const socket of this.io.of('/').sockets.values()) if (isClogged(socket)) socket.conn.close()
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.io.close()
    this.#redis?.close()
  }
}
