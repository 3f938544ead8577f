import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash, randomUUID } from 'node:crypto'

type Behaviour = 'takes' | 'refuses' | 'fails' | 'expired' | 'lost' | 'no-checksum'

/** A national system on a real loopback socket, for tests: it speaks the calls of the domain notes, §6.5. */
export interface FakeNational {
  url: string
  /** Payloads of `gui-don-thuoc` that it took or refused, in their order. */
  received: Record<string, unknown>[]
  /** Paths that were called, in their order. */
  called: string[]
  /** Prescribers the facility added. */
  added: Set<string>
  /** How it answers what is sent from now on. `expired`: no token it gave holds any more, once. */
  behave(how: Behaviour): void
  /** Milliseconds before each answer. */
  delay(ms: number): void
  close(): Promise<void>
}

interface State {
  how: Behaviour
  delayMs: number
  tokens: Set<string>
}

export async function startFakeNational(password: string): Promise<FakeNational> {
  const [received, called, added] = [[] as Record<string, unknown>[], [] as string[], new Set<string>()]
  const state: State = { how: 'takes', delayMs: 0, tokens: new Set() }
  const token = () => {
    const fresh = randomUUID()
    state.tokens.add(fresh)
    return { status: 200, body: { token: fresh, token_type: 'bearer' } }
  }
  const refused = { status: 401, body: { message: 'Unauthorized' } }
  const answers: Record<string, (body: Record<string, unknown>) => { status: number; body: object }> = {
    '/api/auth/dang-nhap-co-so-kham-chua-benh': (body) => (body['password'] === password ? token() : refused),
    '/api/auth/dang-nhap-bac-si': (body) =>
      body['password'] === password && added.has(String(body['ma_lien_thong_bac_si'])) ? token() : refused,
    '/api/v1/them-bac-si': (body) => {
      added.add(String(body['ma_lien_thong_bac_si']))
      return { status: 200, body: { success: true } }
    },
    '/api/v1/gui-don-thuoc': (body) => {
      received.push(body)
      return answerTo(body, state.how)
    },
  }
  const answer = (path: string, bearer: string, body: Record<string, unknown>) => {
    if (state.how === 'expired') {
      state.tokens.clear()
      state.how = 'takes'
    }
    if (path.startsWith('/api/v1/') && !state.tokens.has(bearer)) return refused
    return answers[path]?.(body) ?? { status: 404, body: {} }
  }
  const server = createServer((request, reply) => {
    void (async () => {
      const path = request.url ?? ''
      called.push(path)
      const body = JSON.parse(await textOf(request)) as Record<string, unknown>
      await new Promise((resolve) => setTimeout(resolve, state.delayMs))
      const sends = path === '/api/v1/gui-don-thuoc'
      if (sends && state.how === 'fails') return void reply.writeHead(503).end()
      const { status, body: json } = answer(path, request.headers.authorization?.slice(7) ?? '', body)
      if (sends && state.how === 'lost') return void request.socket.destroy()
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    called,
    added,
    behave: (next) => void (state.how = next),
    delay: (ms) => void (state.delayMs = ms),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The same prescription answers the same checksum, however often it comes. */
function answerTo(body: Record<string, unknown>, how: Behaviour): { status: number; body: object } {
  const checksum = createHash('sha256').update(String(body['ma_don_thuoc'])).digest('hex')
  if (how === 'refuses')
    return { status: 422, body: { success: false, danh_sach_cac_loi: ['Thiếu địa chỉ người bệnh'], checksum } }
  return { status: 200, body: how === 'no-checksum' ? { success: true } : { success: true, checksum } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
