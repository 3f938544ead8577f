import { io, type Socket } from 'socket.io-client'

export interface OpenedPage {
  socket: Socket
  /** Every message heard so far, oldest first. */
  heard: { name: string; payload: unknown }[]
  /** The next message of this name; only what comes from now on. */
  next<T>(name: string): Promise<T>
  /** Resolves with the reason once the line is closed. */
  closed: Promise<string>
  close(): void
}

/** Opens a page's socket at an address with a cookie; rejects when the server does not let it in. */
export async function openPage(
  address: string,
  cookie: string,
  options: { reconnect?: boolean; polling?: boolean; authorization?: string } = {},
): Promise<OpenedPage> {
  const socket = io(address, {
    extraHeaders: { cookie, ...(options.authorization && { authorization: options.authorization }) },
    transports: [options.polling ? 'polling' : 'websocket'],
    forceNew: true,
    reconnection: options.reconnect ?? false,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  })
  const heard: OpenedPage['heard'] = []
  socket.onAny((name: string, payload: unknown) => void heard.push({ name, payload }))
  const closed = new Promise<string>((done) => socket.once('disconnect', done))
  await new Promise<void>((done, failed) => {
    socket.once('connect', done)
    socket.once('connect_error', (error) => {
      if (options.reconnect) return
      socket.close()
      failed(error)
    })
  })
  return {
    socket,
    heard,
    closed,
    next: (name) => new Promise((done) => socket.once(name, done)),
    close: () => void socket.disconnect(),
  }
}
