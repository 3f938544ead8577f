import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** The same few requests again and again, as bytes that are ready to leave. */
export interface PlainOrder {
  port: number
  atOnce: number
  seconds: number
  /** Sent in turn by all lanes. */
  requests: string[]
}

export interface PlainResult {
  answers: number
  seconds: number
  /** Milliseconds, per answer. */
  latencies: number[]
  statuses: Record<string, number>
  /** Of the last body. */
  bytes: number
}

/** One GET as it goes over the wire, with its cookie and further headers. */
export function getRequest(path: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ host: '127.0.0.1', 'x-moinha': '1', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/**
 * A sender that costs next to nothing, since it shares the cores with the server: no HTTP client, one socket a lane,
 * one request at a time on each. Understands `content-length` and chunked answers, and answers without a body.
 */
class Lane {
  private readonly socket: Socket
  private buffer: Buffer = Buffer.alloc(0)
  private answered: ((answer: { status: string; bytes: number }) => void) | undefined
  private failed: ((error: Error) => void) | undefined

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.socket.on('data', (chunk: Buffer) => this.take(chunk))
    this.socket.on('error', (error) => this.failed?.(error))
    this.socket.on('close', () => this.failed?.(new Error('the server hung up')))
  }

  send(request: string): Promise<{ status: string; bytes: number }> {
    return new Promise((done, failed) => {
      this.answered = done
      this.failed = failed
      this.socket.write(request)
    })
  }

  end(): void {
    this.failed = undefined
    this.socket.destroy()
  }

  private take(chunk: Buffer): void {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk])
    const head = this.buffer.indexOf('\r\n\r\n')
    if (head < 0) return
    const text = this.buffer.toString('latin1', 0, head)
    const bytes = this.bodyBytes(text, head + 4)
    if (bytes === undefined) return
    this.buffer = Buffer.alloc(0)
    this.answered?.({ status: text.slice(9, 12), bytes })
  }

  /** How long the body is once it is all there. */
  private bodyBytes(head: string, from: number): number | undefined {
    const there = this.buffer.length - from
    if (/^HTTP\/1.1 (304|204)/.test(head)) return 0
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length !== undefined) return there >= Number(length) ? Number(length) : undefined
    return this.buffer.subarray(-5).equals(Buffer.from('0\r\n\r\n')) ? there : undefined
  }
}

async function fire({ port, atOnce, seconds, requests }: PlainOrder): Promise<PlainResult> {
  const result: PlainResult = { answers: 0, seconds: 0, latencies: [], statuses: {}, bytes: 0 }
  let next = 0
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1_000
  const run = async () => {
    const lane = new Lane(port)
    for (let now = performance.now(); now < endAt; now = performance.now()) {
      const { status, bytes } = await lane.send(requests[next++ % requests.length] ?? '')
      result.latencies.push(performance.now() - now)
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
      result.bytes = bytes
    }
    lane.end()
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  result.answers = result.latencies.length
  result.seconds = (performance.now() - startedAt) / 1_000
  return result
}

if (parentPort) parentPort.postMessage(await fire(workerData as PlainOrder))
