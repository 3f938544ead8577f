import { build } from 'esbuild'
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Server } from 'socket.io'
import type { Participant } from '@moinha/contracts/calls'
import { createActor, type Actor } from '../../apps/server/src/platform/access/actor.ts'
import {
  callSocket,
  callsErrors,
  MESH_PEER_LIMIT,
  placeFor,
  type ParticipationLog,
} from '../../apps/server/src/modules/calls/index.ts'

export interface Signalling {
  url: string
  /** Cuts every socket as a restart of the server would. */
  cutLines(): void
  stop(): Promise<void>
}

/** Another page than the mesh's, and what else is answered under this address. */
export interface SignallingOptions {
  page?: URL
  answer?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** The product's own signalling on a bare server: only the database behind it is left out. */
export async function startSignalling({
  page = new URL('./page.ts', import.meta.url),
  answer = () => false,
}: SignallingOptions = {}): Promise<Signalling> {
  const script = await bundle(page)
  const http = createServer((request, response) => {
    if (answer(request, response)) return
    const isScript = request.url?.startsWith('/page.js') === true
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>Call</title><body><script src="/page.js"></script>')
  })
  const io = new Server(http)
  const handle = callSocket(roomsInMemory())
  io.on('connection', (socket) => {
    const person = personActor(String(socket.handshake.auth['person']))
    handle(socket, {
      io,
      actorOf: () => person,
      ownerOf: () => ({ cookie: '' }),
      freshActor: () => Promise.resolve(person),
    })
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

async function bundle(page: URL): Promise<string> {
  const entry = fileURLToPath(page)
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

const personActor = (personId: string): Actor =>
  createActor({ kind: 'citizen', personId, grants: [], clinicalFacilityIds: [], proxyFor: [], personal: [] })

/** Everybody is a member; participants as the real log keeps them, without a database. */
function roomsInMemory(): ParticipationLog {
  const rooms = new Map<string, Participant[]>()
  const participantsIn = (visitId: string) => rooms.get(visitId) ?? []
  return {
    enter: async (actor, { visitId, ownDevices: _, ...page }) => {
      const personId = actor.personId ?? ''
      const participant: Participant = { ...page, personId, name: personId, role: 'member' }
      const { ok, clear } = placeFor(participantsIn(visitId), participant, MESH_PEER_LIMIT)
      if (!ok) throw callsErrors.CALL_FULL({ limit: MESH_PEER_LIMIT })
      const stay = participantsIn(visitId).filter(
        (old) => old.socketId !== participant.socketId && !clear.includes(old),
      )
      rooms.set(visitId, [...stay, participant])
      return { participant, cleared: clear }
    },
    others: async (visitId, socketId) =>
      participantsIn(visitId).filter((participant) => participant.socketId !== socketId),
    left: async ({ visitId, socketId }) =>
      void rooms.set(
        visitId,
        participantsIn(visitId).filter((participant) => participant.socketId !== socketId),
      ),
    mayStay: async () => true,
  }
}

const portOf = (http: HttpServer): number => (http.address() as AddressInfo).port
