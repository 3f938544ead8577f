import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { openedAsGuest, queryClient, queryFor, type ReplyOf } from '../api/index.ts'
import { becauseOf, type ClosedBecause } from './closed-page.ts'

/** `off`: nobody is signed in; `offline`: the device has no network; `closed`: the server ended the line on purpose. */
export type Connection = 'off' | 'online' | 'reconnecting' | 'offline' | 'closed'
type Handler = (payload: never) => void

let connection: Connection = 'off'
/** Outlives the socket: who was signed out still reads why on the page where one signs in. */
let closed: ClosedBecause | null = null
let socket: Promise<Socket> | null = null
const handlers = new Map<string, Set<Handler>>()
const listeners = new Set<() => void>()

function tell(next: Connection): void {
  if (next === connection) return
  connection = next
  listeners.forEach((listener) => listener())
}

function close(because: ClosedBecause | null): void {
  if (because === closed) return
  closed = because
  listeners.forEach((listener) => listener())
}

/** The line is away: by the server's will, for want of a network, or for a moment. */
function tellAway(): void {
  if (!navigator.onLine) return tell('offline')
  tell(closed ? 'closed' : 'reconnecting')
}

/** People who are not signed in have no socket, but should hear of a lost network too. Once, at the start. */
export function listenToNetwork(): void {
  if (!navigator.onLine) tell('offline')
  window.addEventListener('offline', () => tell('offline'))
  window.addEventListener('online', () => tell(socket ? 'reconnecting' : 'off'))
}

/** All pages hear of a gap at the same moment; they must not all ask at the same moment. */
const spreadMs = 3_000
/** After a refusal that passes (database away, too many at once). */
const refusedMs = 2_000

function readAgainSoon(): void {
  setTimeout(() => void queryClient.invalidateQueries(), Math.random() * spreadMs)
}

/**
 * What was said before the line was open is not replayed, the first time too: a page reads faster than its line opens.
 * What is still under way is left to arrive, then read again: on a weak link the first answer must not begin anew.
 */
async function readMissed(): Promise<void> {
  const underWay = queryClient.getQueryCache().findAll({ fetchStatus: 'fetching' })
  void queryClient.invalidateQueries({ predicate: (query) => !underWay.includes(query) })
  await Promise.allSettled(underWay.map((query) => query.promise))
  void queryClient.invalidateQueries({ predicate: (query) => underWay.includes(query) })
}

/** Opens the line again unless another has taken its place, or nobody is signed in any more. */
async function connectAgain(made: Socket): Promise<void> {
  if ((await socket) === made) made.connect()
}

/** The screens follow the session; the line comes back where the same person has signed in anew. */
async function afterSession(made: Socket): Promise<void> {
  await queryClient.invalidateQueries()
  const me = queryClient.getQueryData<ReplyOf<'identity.me'>>(queryFor('identity.me').queryKey)
  if (me?.person) await connectAgain(made)
}

/** The server ended an open line. */
function hearClosed(made: Socket, code: string): void {
  close(becauseOf(code) ?? null)
  if (code === 'SIGN_IN_REQUIRED') return void afterSession(made)
  // one page too many: the one somebody looks at is the one that comes back
  const seen = (): void => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', seen)
    void connectAgain(made)
  }
  document.addEventListener('visibilitychange', seen)
}

/** The server did not let the line in; what passes by itself (database away, too many at once) is tried again. */
function hearRefused(made: Socket, code: string): void {
  const because = becauseOf(code)
  if (!because) return void setTimeout(() => void connectAgain(made), refusedMs + Math.random() * spreadMs)
  close(because)
  void queryClient.invalidateQueries()
}

async function open(): Promise<Socket> {
  const { io } = await import('socket.io-client')
  const made = io({
    path: '/socket.io',
    withCredentials: true,
    auth: { guest: openedAsGuest() },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    // The real socket first: it stays on one process by itself. Polling, behind proxies that break sockets, needs a
    // sticky proxy.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
  })
  made.on('connect', () => {
    close(null)
    tell('online')
    void readMissed()
  })
  made.on('live:missed', readAgainSoon)
  // What this person may do changed, or the session ended: the session says which, and the screens follow.
  made.on('live:access', () => void queryClient.invalidateQueries())
  made.on('live:closed', ({ code }: { code: string }) => hearClosed(made, code))
  made.on('disconnect', tellAway)
  made.on('connect_error', (error) => {
    // the library tries again by itself only where the line failed, not where it was refused
    if (!made.active) hearRefused(made, error.message)
    tellAway()
  })
  made.onAny((name: string, payload: unknown) => handlers.get(name)?.forEach((handler) => handler(payload as never)))
  return made
}

/** The one socket, opened on first need; modules with events of their own (`calls`) send through it. */
export function liveSocket(): Promise<Socket> {
  socket ??= open()
  return socket
}

/** Keeps the socket open while this person is signed in. */
export function useLiveSession(personId: string | undefined): void {
  useEffect(() => {
    if (!personId) return
    const opened = liveSocket()
    // A socket dropped by a lost network waits before it tries again; the browser knows sooner.
    const wake = (): void => void opened.then((made) => made.connect())
    window.addEventListener('online', wake)
    return () => {
      window.removeEventListener('online', wake)
      socket = null
      tell(navigator.onLine ? 'off' : 'offline')
      void opened.then((made) => made.disconnect())
    }
  }, [personId])
}

/** Hears what the server says on this person's topics: `useLive('consult.ring', (ring: Ring) => …)`. */
export function useLive<P>(name: string, handler: (payload: P) => void): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    const hear: Handler = (payload) => latest.current(payload)
    const group = handlers.get(name) ?? new Set<Handler>()
    handlers.set(name, group.add(hear))
    return () => void group.delete(hear)
  }, [name])
}

/** Brings back a page the server had closed. */
export async function reopenPage(): Promise<void> {
  const made = await socket
  if (made) made.connect()
  else location.reload()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const readConnection = (): Connection => connection
const readClosed = (): ClosedBecause | null => closed

/** Why the server closed this page; null while it is open. */
export function useClosedPage(): ClosedBecause | null {
  return useSyncExternalStore(subscribe, readClosed, readClosed)
}

/** State of the line to the server. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, readConnection, readConnection)
}
