import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** What a browser needs to be told; anything else is sent as bytes. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}
/** Already small. */
const packed = new Set(['.png', '.ico', '.woff', '.woff2'])

export interface StaticSite {
  port: number
  stop(): Promise<void>
}

/**
 * A folder of built pages as a good host serves it: the smallest form the browser takes, made once and kept; hashed
 * files for a year; an address that is no file gets the first page.
 */
export async function serveFolder(folder: string): Promise<StaticSite> {
  const kept = new Map<string, Buffer>()
  const bodyOf = (file: string, encoding: 'br' | 'gzip' | undefined): Buffer => {
    const key = `${encoding}:${file}`
    const bytes = kept.get(key) ?? readFileSync(file)
    if (kept.has(key)) return bytes
    const body = encoding === 'br' ? brotliCompressSync(bytes) : encoding === 'gzip' ? gzipSync(bytes) : bytes
    kept.set(key, body)
    return body
  }
  const answer = (request: IncomingMessage, reply: ServerResponse): void => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)
    // without a service of its own behind it: what it asks is not here
    if (path.startsWith('/api/')) return void reply.writeHead(404, { 'content-type': 'application/json' }).end('{}')
    const wanted = join(folder, normalize(path))
    const isFile = existsSync(wanted) && statSync(wanted).isFile()
    const file = isFile ? wanted : join(folder, 'index.html')
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const small = packed.has(extname(file))
    const encoding = small ? undefined : (['br', 'gzip'] as const).find((one) => accepted.includes(one))
    const body = bodyOf(file, encoding)
    reply.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': body.length,
      'cache-control': /-[\w-]{8}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoding && { 'content-encoding': encoding, vary: 'accept-encoding' }),
    })
    reply.end(body)
  }
  const server = createServer(answer)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
