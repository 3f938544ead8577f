import { AccessToken, TokenVerifier } from 'livekit-server-sdk'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const apiKey = 'test-key'
const apiSecret = 'a-secret-of-at-least-thirty-two-letters'

interface Running {
  egressId: string
  roomName: string
  status: string
  roomComposite: object
  filepath: string
}

/** Stands in for LiveKit with an egress worker behind it: Twirp over HTTP, tokens looked at, files really written. */
export interface FakeEgress {
  readonly config: { LIVEKIT_URL: string; LIVEKIT_API_KEY: string; LIVEKIT_API_SECRET: string; LIVEKIT_EGRESS: string }
  readonly folder: string
  readonly running: Map<string, Running>
  /** What was asked of it, in order. */
  readonly asked: string[]
  readonly bytes: Buffer
  /** No worker is there. */
  refuse(yes: boolean): void
  /** Signed news that it ended, as it is posted. */
  news(egress: Running, status: string): Promise<{ payload: string; headers: Record<string, string> }>
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
}

async function mayRecord(request: IncomingMessage): Promise<boolean> {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '')
  const claims = await new TokenVerifier(apiKey, apiSecret).verify(token).catch(() => undefined)
  return claims?.video?.roomRecord === true
}

export async function openFakeEgress(): Promise<FakeEgress> {
  const folder = await mkdtemp(join(tmpdir(), 'egress-'))
  const running = new Map<string, Running>()
  const asked: string[] = []
  const bytes = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), randomBytes(40_000)])
  let refuses = false

  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const method = /livekit\.Egress\/(\w+)$/.exec(request.url ?? '')?.[1]
    const body = await bodyOf(request)
    if (method === undefined) return [200, {}]
    if (!(await mayRecord(request))) return [401, { code: 'unauthenticated', msg: 'permissions denied' }]
    if (method === 'ListEgress') return [200, { items: [...running.values()] }]
    asked.push(method)
    if (refuses) return [503, { code: 'unavailable', msg: 'no response from servers' }]
    if (method === 'StartRoomCompositeEgress') return [200, start(body)]
    const egress = running.get(String(body['egressId'] ?? body['egress_id']))
    if (!egress) return [404, { code: 'not_found', msg: 'egress not found' }]
    running.delete(egress.egressId)
    await writeFile(egress.filepath, bytes)
    return [200, { ...egress, status: 'EGRESS_ENDING' }]
  }

  function start(body: Record<string, unknown>): Running {
    const roomName = String(body['roomName'] ?? body['room_name'])
    const outputs = (body['fileOutputs'] ?? body['file_outputs'] ?? [body['file']]) as { filepath: string }[]
    const filepath = outputs[0]?.filepath ?? ''
    const egressId = `EG_${randomUUID()}`
    const egress = { egressId, roomName, status: 'EGRESS_STARTING', roomComposite: body, filepath }
    running.set(egressId, egress)
    return egress
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    config: { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret, LIVEKIT_EGRESS: folder },
    folder,
    running,
    asked,
    bytes,
    refuse: (yes) => void (refuses = yes),
    news: async ({ egressId, roomName, filepath }, status) => {
      const fileResults = status === 'EGRESS_COMPLETE' ? [{ filename: filepath, duration: '7000000000' }] : []
      const createdAt = String(Math.floor(Date.now() / 1000))
      const egressInfo = { egressId, roomName, status, fileResults }
      const payload = JSON.stringify({ event: 'egress_ended', id: `EV_${randomUUID()}`, createdAt, egressInfo })
      const token = new AccessToken(apiKey, apiSecret, { ttl: 300 })
      token.sha256 = createHash('sha256').update(payload).digest('base64')
      const authorization = await token.toJwt()
      return { payload, headers: { 'content-type': 'application/webhook+json', authorization } }
    },
    close: async () => {
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
