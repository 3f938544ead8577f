import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk'
import { Server } from 'socket.io'
import type { Participant } from '@moinha/contracts/calls'
import { EmbeddedLivekit } from '../../apps/server/src/embedded/livekit/embedded-livekit.ts'
import { readConfig } from '../../apps/server/src/platform/config/config.ts'
import { createLog } from '../../apps/server/src/platform/log/log.ts'
import type { MediaAddress } from '../../apps/server/src/platform/module.ts'

export interface CallSite {
  url: string
  media: MediaAddress
  token(room: string, person: string): Promise<string>
  stop(): Promise<void>
}

/** A page, a relay between pages, and a LiveKit server of its own: all that two people need to speak. */
export async function openCallSite(): Promise<CallSite> {
  const livekit = await startLivekit()
  const script = await bundle()
  const http = createServer((request, reply) => {
    const isScript = request.url?.startsWith('/page.js') === true
    reply.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    reply.end(isScript ? script : '<!doctype html><title>Call</title><body><script src="/page.js"></script>')
  })
  const io = new Server(http)
  relayBetweenPages(io)
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    media: livekit.address,
    token: async (room, person) => {
      const { url, apiKey, apiSecret } = livekit.address
      // as the product does: a room is made by the server alone, and making it twice changes nothing
      await new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret).createRoom({ name: room })
      const token = new AccessToken(apiKey, apiSecret, { identity: `${person}:${randomUUID()}`, name: person })
      token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: false })
      return token.toJwt()
    },
    stop: async () => {
      await io.close()
      await livekit.stop()
    },
  }
}

async function startLivekit(): Promise<{ address: MediaAddress; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'moinha-bench-'))
  const config = readConfig({ ...process.env, DEMO: '1', LOG_LEVEL: 'error', DATA_DIR: dataDir }, dataDir)
  const server = new EmbeddedLivekit(config, createLog(config))
  await server.start()
  for (let tenths = 0; server.state().address === null && tenths < 100; tenths++) await sleep(100)
  const { address, detail } = server.state()
  const stop = async (): Promise<void> => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  if (address === null) {
    await stop()
    throw new Error(`This needs a LiveKit server (LIVEKIT_SERVER names the program): ${detail}`)
  }
  return { address, stop }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./call-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** What the product's own signalling does for a call, with no database behind it. */
function relayBetweenPages(io: Server): void {
  const rooms = new Map<string, Participant[]>()
  io.on('connection', (socket) => {
    const personId = String(socket.handshake.auth['person'])
    socket.on('call:alive', (answer: () => void) => answer())
    socket.on('call:enter', (request: Omit<Participant, 'personId'> & { visitId: string }, answer) => {
      const { visitId, ...page } = request
      const participant: Participant = { ...page, socketId: socket.id, personId, name: personId, role: 'doctor' }
      const others = (rooms.get(visitId) ?? []).filter((other) => other.personId !== personId)
      rooms.set(visitId, [...others, participant])
      void socket.join(visitId)
      socket.to(visitId).emit('call:joined', { visitId, participant })
      ;(answer as (reply: unknown) => void)({ ok: true, participants: others })
    })
    socket.on('call:signal', ({ visitId, to, data }: { visitId: string; to: string; data: unknown }) => {
      const from = rooms.get(visitId)?.find((participant) => participant.socketId === socket.id)
      io.to(to).emit('call:signal', { visitId, from, data })
    })
  })
}
