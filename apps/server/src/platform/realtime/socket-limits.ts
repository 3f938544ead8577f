import type { Socket } from 'socket.io'
import { TokenBucket } from './token-bucket.ts'

/** Open pages of one person at a time, over all processes: a PC, a phone, and a good many tabs. */
export const pagesPerPerson = 12
/** Connecting again and again costs a session read each time. */
export const connects = { size: 40, perSecond: 1 } as const
/** A call among four trickles some hundred candidates within a second or two; nothing else speaks much. */
const messages = { size: 400, perSecond: 40 } as const
/** Refused messages after which the page is broken or hostile. */
const refused = { size: 200, perSecond: 1 } as const
/** Descriptions of a call are some 10 kB; a page that sends more than this fills other people's lines. */
const bytes = { size: 2_000_000, perSecond: 128_000 } as const
/** What may wait for a page that does not read. */
const unreadBytes = 4_000_000

/** Bounds what one open page may send; `close` ends it with a reason. */
export function limitMessages(socket: Socket, close: (code: string) => void): void {
  const allowed = new TokenBucket(messages.size, messages.perSecond)
  const patience = new TokenBucket(refused.size, refused.perSecond)
  const volume = new TokenBucket(bytes.size, bytes.perSecond)
  socket.conn.on('packet', ({ data }: { data?: unknown }) => {
    const size = typeof data === 'string' ? data.length : Buffer.isBuffer(data) ? data.byteLength : 0
    if (!volume.take(size)) close('TOO_MANY_MESSAGES')
  })
  socket.use((message, next) => {
    if (allowed.take()) return next()
    const answer: unknown = message.at(-1)
    if (typeof answer === 'function') (answer as (reply: object) => void)({ ok: false, code: 'TOO_MANY_REQUESTS' })
    if (!patience.take()) close('TOO_MANY_MESSAGES')
  })
}

interface Buffered {
  writeBuffer?: { data?: unknown }[]
  transport?: { socket?: { bufferedAmount?: number } }
}

/** Does this page read so slowly that what waits for it fills our memory? */
export function isClogged(socket: Socket): boolean {
  const { writeBuffer = [], transport } = socket.conn as unknown as Buffered
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0)
  return waiting + (transport?.socket?.bufferedAmount ?? 0) > unreadBytes
}
