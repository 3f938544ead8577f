import { build } from 'esbuild'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Server } from 'socket.io'
import { callSocket, type CallLedger } from '../../apps/server/src/modules/calls/index.ts'
import type { LiveSocket } from '../../apps/server/src/platform/realtime/live.ts'

export interface Signalling {
  url: string
  /** Cuts every socket as a restart of the server would. */
  cutLines(): void
  stop(): Promise<void>
}

/** The product's own signalling on a bare server: only the database behind it is left out. */
export async function startSignalling(): Promise<Signalling> {
  const script = await bundle()
  const http = createServer((request, response) => {
    const isScript = request.url?.startsWith('/page.js') === true
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>Call</title><body><script src="/page.js"></script>')
  })
  const io = new Server(http)
  const handle = callSocket(oneAtATime())
  io.on('connection', (socket) => {
    socket.data = { actor: { personId: String(socket.handshake.auth['person']) }, readCookie: '' }
    handle(socket as unknown as LiveSocket, { io })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${portOf(http)}`,
    cutLines: () => {
      for (const socket of io.sockets.sockets.values()) socket.conn.close()
    },
    stop: () => io.close(),
  }
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('./page.ts', import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', logLevel: 'error' })
  return outputFiles[0]?.text ?? ''
}

/** Everybody is a member; entries wait for each other, as the real ledger's lock makes them. */
function oneAtATime(): CallLedger {
  let last: Promise<unknown> = Promise.resolve()
  return {
    enter: (actor, _entry, sitDown) => {
      const personId = actor.personId ?? ''
      const next = last.catch(() => undefined).then(() => sitDown({ personId, name: personId, role: 'member' }, false))
      last = next
      return next
    },
    left: () => Promise.resolve(),
  }
}

const portOf = (http: HttpServer): number => (http.address() as AddressInfo).port
