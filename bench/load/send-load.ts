import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

/** One request of the load. */
export interface Shot {
  path: string
  cookie: string
  body: string
}

export interface LoadOrder {
  port: number
  atOnce: number
  shots: Shot[]
}

export interface LoadResult {
  seconds: number
  /** Milliseconds from sending to the last byte, per answer. */
  latencies: number[]
  /** How often each HTTP status came. */
  statuses: Record<string, number>
}

/** Runs in a thread of its own, so that sending does not slow down the server it measures. */
async function fire({ port, atOnce, shots }: LoadOrder): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const result: LoadResult = { seconds: 0, latencies: [], statuses: {} }
  let next = 0
  const lane = async (): Promise<void> => {
    for (let shot = shots[next++]; shot; shot = shots[next++]) {
      const sentAt = performance.now()
      const status = await send(agent, port, shot)
      result.latencies.push(performance.now() - sentAt)
      result.statuses[status] = (result.statuses[status] ?? 0) + 1
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: atOnce }, lane))
  result.seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  return result
}

function send(agent: Agent, port: number, { path, cookie, body }: Shot): Promise<number> {
  return new Promise((done, failed) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-moinha': '1',
      cookie,
    }
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (reply) => {
      reply.resume()
      reply.on('end', () => done(reply.statusCode ?? 0))
    })
    sent.on('error', failed)
    sent.end(body)
  })
}

if (parentPort) parentPort.postMessage(await fire(workerData as LoadOrder))
