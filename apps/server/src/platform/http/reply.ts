import type { ReplyStatus } from '@moinha/contracts/route'
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { AnyRoute } from './serve.ts'

/** A handler answered what its contract does not know: our mistake, never the caller's. Names places, no values. */
class ReplyOutOfContract extends Error {
  readonly code = 'REPLY_OUT_OF_CONTRACT'

  constructor(route: string, places: readonly string[]) {
    super(`${route}: ${places.slice(0, 5).join(', ')}`)
    this.name = 'ReplyOutOfContract'
  }
}

/**
 * Bytes as they leave. A function is called once the transaction is committed, so that nothing streams before its audit
 * row stands.
 */
export type FileBody = string | Uint8Array | Readable | (() => AsyncIterable<string | Uint8Array>)

interface AnswerParts {
  status?: ReplyStatus
  /** Of JSON; goes through the schema that the route declares for the status. */
  value?: unknown
  file?: FileBody
  /** One of the route's `produces`; its first where left out. */
  type?: string
  /** Name under which a browser keeps the file. */
  fileName?: string
  headers?: Readonly<Record<string, string>>
}

/** What a handler returns where it is more than the plain reply. */
export class Answer {
  readonly parts: AnswerParts
  constructor(parts: AnswerParts) {
    this.parts = parts
  }
}

/** Another status or other headers: `answer({ status: 202, value })`. */
export const answer = (parts: Omit<AnswerParts, 'file' | 'type' | 'fileName'>): Answer => new Answer(parts)

/** A file or a stream: `file(csv, { type: 'text/csv', fileName: 'a.csv' })`. */
export const file = (body: FileBody, parts: Omit<AnswerParts, 'file' | 'value'> = {}): Answer =>
  new Answer({ ...parts, file: body })

/** A reply that is ready to leave. */
export interface EncodedReply {
  status: number
  type?: string
  body?: FileBody
  headers?: Readonly<Record<string, string>>
}

export const jsonType = 'application/json; charset=utf-8'
const bodyless = new Set<number>([204, 303])

/**
 * Passes a reply through its schema and writes it down, once. Runs inside the transaction: what cannot leave is not
 * committed. Undeclared fields fall away here.
 */
export function encodeReply(route: AnyRoute, value: unknown): EncodedReply {
  const parts = value instanceof Answer ? value.parts : { value }
  const usual = route.status ?? 200
  const status = parts.status ?? usual
  const schema = status === usual ? route.reply : route.replies?.[status]
  if (!schema) throw outOfContract(route, parts, `status ${status}`)
  const headers = headersOf(parts)
  if (parts.file !== undefined) return { status, headers, body: parts.file, type: typeOf(route, parts) }
  if (bodyless.has(status)) return { status, headers }
  const { data, error } = z.safeEncode(schema, parts.value)
  if (error) throw new ReplyOutOfContract(route.id, error.issues.map(placeOf))
  return { status, headers, body: JSON.stringify(data), type: route.produces?.[0] ?? jsonType }
}

const placeOf = (issue: z.core.$ZodIssue): string => `${issue.path.map(String).join('.') || '(all)'} ${issue.code}`

/** A source that will not be read is closed. */
function outOfContract(route: AnyRoute, { file: body }: AnswerParts, what: string): ReplyOutOfContract {
  if (body instanceof Readable) body.destroy()
  return new ReplyOutOfContract(route.id, [what])
}

const bareType = (type: string): string => type.split(';')[0]?.trim().toLowerCase() ?? ''

function typeOf(route: AnyRoute, parts: AnswerParts): string {
  const declared = route.produces ?? []
  const type = parts.type ?? declared[0]
  if (type === undefined || !declared.some((one) => bareType(one) === bareType(type)))
    throw outOfContract(route, parts, `content type ${type ?? '(none)'}`)
  return type
}

function headersOf({ fileName, headers }: AnswerParts): Record<string, string> {
  if (fileName === undefined) return { ...headers }
  const plain = fileName.normalize('NFD').replace(/[^\w.() -]/g, '')
  // RFC 6266 §4.3, appendix D: a plain name for all, the exact one beside it
  const exact = plain === fileName ? '' : `; filename*=UTF-8''${encodeURIComponent(fileName)}`
  return { ...headers, 'content-disposition': `attachment; filename="${plain}"${exact}` }
}

/** Sends what `encodeReply` made; Fastify passes ready text on as it is. Only called after the commit. */
export function sendEncoded(reply: FastifyReply, { status, type, body, headers = {} }: EncodedReply): FastifyReply {
  reply.code(status).headers({ ...headers })
  if (type) reply.type(type)
  if (typeof body === 'string' || body === undefined) return reply.send(body)
  if (typeof body === 'function') return reply.send(Readable.from(body(), { objectMode: false }))
  return reply.send(body instanceof Readable ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}
