import type { FastifyHttpOptions } from 'fastify'
import type { Server } from 'node:http'
import type { Config } from '../config/config.ts'
import { platformErrors } from '../errors/coded-error.ts'
import { problemOf } from './problem.ts'

/**
 * How long one connection may take: the head, the whole of a request, and silence. Bodies are at most 256 KiB, so the
 * default two minutes still serve a phone at 20 kbit/s. Live sockets lift the silence for themselves.
 */
export function timeLimits(config: Config): Partial<FastifyHttpOptions<Server>> {
  return {
    requestTimeout: config.REQUEST_SECONDS * 1000,
    connectionTimeout: (config.REQUEST_SECONDS + 10) * 1000,
    keepAliveTimeout: 72_000,
    http: {
      headersTimeout: Math.min(config.HEADERS_SECONDS, config.REQUEST_SECONDS) * 1000,
      connectionsCheckingInterval: Math.min(5, config.HEADERS_SECONDS, config.REQUEST_SECONDS) * 500,
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      const coded = refusalOf(error.code)
      const body = JSON.stringify(problemOf(coded, 'none'))
      const head = `HTTP/1.1 ${coded.status} ${coded.code}\r\nContent-Type: application/problem+json\r\n`
      socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
    },
  }
}

/** Before a request is whole there is no request: Node says only what went wrong with the line. */
function refusalOf(code: string | undefined) {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return platformErrors.REQUEST_TIMEOUT()
  if (code === 'HPE_HEADER_OVERFLOW') return platformErrors.HEADERS_TOO_LARGE()
  return platformErrors.INVALID_INPUT()
}
