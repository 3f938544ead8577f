import type { FastifyInstance, FastifyRequest } from 'fastify'
import { platformErrors } from '../errors/coded-error.ts'

/** Escapes that may hide half a character or NUL; a body without them needs no second look. */
const suspiciousEscape = /\\u(?:d[89a-f]|0000)/i

/**
 * JSON bodies, strictly: bytes that are no UTF-8 are refused where the framework would put replacement characters into
 * somebody's name, and so are half surrogate pairs and NUL, in keys too.
 */
export function addJsonParser(app: FastifyInstance, types: readonly string[] = ['application/json']): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser([...types])
  app.addContentTypeParser([...types], { parseAs: 'buffer' }, (request, body, done) => {
    const text = decode(body as Buffer)
    if (text === undefined) return done(platformErrors.INVALID_INPUT())
    const parsed = (error: Error | null, value?: unknown) => {
      const broken = error === null && suspiciousEscape.test(text) && !isWellFormed(value)
      done(broken ? platformErrors.INVALID_INPUT() : error, value)
    }
    void parse(request, text, parsed)
  })
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** No half characters and no NUL, however deep; without recursion, since depth is the sender's choice. */
function isWellFormed(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && (!next.isWellFormed() || next.includes('\0'))) return false
    if (typeof next !== 'object' || next === null) continue
    for (const [key, inner] of Object.entries(next)) waiting.push(key, inner)
  }
  return true
}

/** The same for an address: the router and the query parser would each read broken escapes in their own way. */
export async function refuseBrokenAddress(request: FastifyRequest): Promise<void> {
  if (!request.url.includes('%')) return
  try {
    if (!decodeURIComponent(request.url.replaceAll('+', ' ')).includes('\0')) return
  } catch {
    // no UTF-8 behind the escapes
  }
  throw platformErrors.INVALID_INPUT()
}
