import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { AnyRoute } from './serve.ts'

/** A handler answered what its contract does not know: our mistake, never the caller's. Names places, no values. */
export class ReplyOutOfContract extends Error {
  readonly code = 'REPLY_OUT_OF_CONTRACT'

  constructor(route: string, issues: readonly z.core.$ZodIssue[]) {
    const places = issues.slice(0, 5).map((issue) => `${issue.path.map(String).join('.') || '(all)'} ${issue.code}`)
    super(`${route}: ${places.join(', ')}`)
    this.name = 'ReplyOutOfContract'
  }
}

/** A reply that is ready to leave: text of its JSON, or a file as the handler made it. */
export type EncodedReply = { json: string } | { file: Buffer | Readable }

/**
 * Passes a reply through its schema and writes it down, once. Runs inside the transaction: what cannot leave is not committed.
 * Undeclared fields fall away here.
 */
export function encodeReply(route: AnyRoute, value: unknown): EncodedReply {
  if (Buffer.isBuffer(value) || value instanceof Readable) return { file: value }
  const { data, error } = z.safeEncode(route.reply, value)
  if (error) throw new ReplyOutOfContract(route.id, error.issues)
  return { json: JSON.stringify(data) }
}

/** Sends what `encodeReply` made; Fastify passes ready text on as it is. */
export function sendEncoded(reply: FastifyReply, encoded: EncodedReply): FastifyReply {
  if ('file' in encoded) return reply.send(encoded.file)
  return reply.type('application/json; charset=utf-8').send(encoded.json)
}
