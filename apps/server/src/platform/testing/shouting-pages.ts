import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { openPage, type OpenedPage } from './open-page.ts'

const PAGES = 12
const MESSAGES = 700
const SDP_BYTES = 100_000

interface Shout {
  address: string
  cookie: string
  visitId: string
}

/** What became of the pages. */
export interface Shouted {
  /** Why each was closed. */
  closed: string[]
  /** Codes of refused messages. */
  refused: (string | undefined)[]
  /** Codes they were told before they were closed. */
  told: (string | undefined)[]
}

/** Twelve pages of one person send without end, from a process of their own: what they hold is not the server's. */
export function shout(to: Shout): { open: Promise<void>; end: Promise<Shouted> } {
  const child = fork(import.meta.filename, { stdio: 'inherit' })
  const stopped = new Promise<never>((_, fail) => child.once('exit', () => fail(new Error('the shouting ended early'))))
  const said = (wanted: (message: unknown) => boolean) =>
    new Promise<unknown>((done) => child.on('message', (message) => wanted(message) && done(message)))
  const open = Promise.race([said((message) => message === 'open'), stopped]).then(() => undefined)
  const end = Promise.race([said((message) => message !== 'open'), stopped]).then((message) => message as Shouted)
  child.send(to)
  return { open, end }
}

if (process.argv[1] === import.meta.filename) process.on('message', (to: Shout) => void shoutHere(to))

async function shoutHere({ address, cookie, visitId }: Shout): Promise<void> {
  const pages = await Promise.all(Array.from({ length: PAGES }, () => openPage(address, cookie)))
  process.send?.('open')
  const refused: Shouted['refused'] = []
  for (const page of pages) sendWithoutEnd(page, visitId, (code) => refused.push(code))
  const closed = await Promise.all(pages.map((page) => page.closed))
  const told = pages.flatMap((page) => page.heard).filter(({ name }) => name === 'live:closed')
  process.send?.({ closed, refused, told: told.map(({ payload }) => (payload as { code: string }).code) })
  process.disconnect()
}

function sendWithoutEnd({ socket }: OpenedPage, visitId: string, refused: (code: string | undefined) => void): void {
  const description = { type: 'offer', sdp: 'x'.repeat(SDP_BYTES) }
  for (let i = 0; i < MESSAGES; i++) {
    const wish = { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }
    socket.emit('call:enter', wish, (reply: { code?: string }) => refused(reply.code))
    if (i % 10 === 0) socket.emit('call:signal', { visitId, to: 'x', data: { epoch: 1, description } })
  }
}
