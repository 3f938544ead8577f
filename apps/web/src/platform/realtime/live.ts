import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { queryClient } from '../api/index.ts'

/** `off`: nobody is signed in; `offline`: the device has no network. */
export type Connection = 'off' | 'online' | 'reconnecting' | 'offline'
type Handler = (payload: never) => void

let connection: Connection = 'off'
let socket: Promise<Socket> | null = null
const handlers = new Map<string, Set<Handler>>()
const listeners = new Set<() => void>()

function tell(next: Connection): void {
  if (next === connection) return
  connection = next
  listeners.forEach((listener) => listener())
}

/** People who are not signed in have no socket, but should hear of a lost network too. Once, at the start. */
export function listenToNetwork(): void {
  if (!navigator.onLine) tell('offline')
  window.addEventListener('offline', () => tell('offline'))
  window.addEventListener('online', () => tell(socket ? 'reconnecting' : 'off'))
}

/** All pages hear of a gap at the same moment; they must not all ask at the same moment. */
const spreadMs = 3_000

function readAgainSoon(): void {
  setTimeout(() => void queryClient.invalidateQueries(), Math.random() * spreadMs)
}

async function open(): Promise<Socket> {
  const { io } = await import('socket.io-client')
  const made = io({
    path: '/socket.io', withCredentials: true, reconnectionDelay: 500, reconnectionDelayMax: 5_000,
    // The real socket first: it stays on one process by itself. Polling, behind proxies that break sockets, needs a sticky proxy.
    transports: ['websocket', 'polling'], tryAllTransports: true,
  })
  let before = false
  made.on('connect', () => {
    tell('online')
    // What happened while we were away is not replayed: read again.
    if (before) void queryClient.invalidateQueries()
    before = true
  })
  made.on('live:missed', readAgainSoon)
  // What this person may do changed, or the session ended: the session says which, and the screens follow.
  made.on('live:access', () => void queryClient.invalidateQueries())
  made.on('live:closed', ({ code }: { code: string }) => {
    // one page too many: the one somebody looks at is the one that comes back
    if (code === 'SIGN_IN_REQUIRED') void queryClient.invalidateQueries()
    else document.addEventListener('visibilitychange', () => socket && made.connect(), { once: true })
  })
  made.on('disconnect', () => tell(navigator.onLine ? 'reconnecting' : 'offline'))
  made.on('connect_error', () => tell(navigator.onLine ? 'reconnecting' : 'offline'))
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

/** State of the line to the server. */
export function useConnection(): Connection {
  const read = (): Connection => connection
  return useSyncExternalStore((listener) => (listeners.add(listener), () => void listeners.delete(listener)), read, read)
}
