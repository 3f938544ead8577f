import type { CallInput, HandlerInput, HandlerReply, Route } from '@moinha/contracts/route'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { requireAccess } from '../access/require.ts'
import type { AuditNote } from '../audit/audit.ts'
import { writeAudit } from '../audit/audit.ts'
import { behindSubjects, kindOfField } from '../audit/subjects.ts'
import type { Transact, Work } from '../db/work.ts'
import { CodedError } from '../errors/coded-error.ts'
import { encodeReply, sendEncoded } from './reply.ts'

declare module 'fastify' {
  interface FastifyInstance {
    transact: Transact
    readActor(cookie: string): Promise<Actor>
  }
  interface FastifyRequest {
    actor: Actor
  }
}

/** The raw exchange, for the few handlers that set cookies or stream. */
export interface Http {
  request: FastifyRequest
  reply: FastifyReply
}

export type AnyRoute = Omit<Route, 'params' | 'query' | 'body' | 'reply'> & {
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  reply: z.ZodType
}
export type Handler<T> = (work: Work, input: HandlerInput<T>, http: Http) => Promise<HandlerReply<T>>
export type { CallInput }

/** Every served route, for OpenAPI and the permission matrix. */
export const servedRoutes = new Map<string, AnyRoute>()

/**
 * Serves one contract route. In order: limits and own origin → session → declared permission → body → schema → one
 * transaction bound to the actor: handler, reply through its schema → commit → the reply leaves.
 */
export function serve<T extends AnyRoute>(app: FastifyInstance, route: T, handler: Handler<T>): void {
  servedRoutes.set(route.id, route)
  app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { access: route.permission, ...(route.limitPerMinute && { limitPerMinute: route.limitPerMinute }) },
    ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
    preParsing: async (request, reply) => admitBeforeBody(app, route, request, reply),
    preValidation: async (request) =>
      audited(app, route, request, async () => requireAccess(request.actor, route.permission)),
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body } as HandlerInput<T>
      const encoded = await audited(app, route, request, () =>
        app.transact(
          request.actor,
          async (work) => encodeReply(route, await handler(work, input, { request, reply })),
          request.id,
        ),
      )
      return sendEncoded(reply, encoded)
    },
  })
}

/** What an early refusal reads to its end, so that the connection can stay; more is left unread and the line closed. */
const drainedBytes = 65_536

/**
 * Nobody's body is read before it is known who sends it. Only where a signed-in caller's body is declared does the
 * permission wait for it: the refusal is written down with the patient that it names.
 */
async function admitBeforeBody(
  app: FastifyInstance,
  route: AnyRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  request.actor = await app.readActor(request.headers.cookie ?? '')
  if (route.body && request.actor.kind !== 'anonymous') return
  try {
    await audited(app, route, request, async () => requireAccess(request.actor, route.permission))
  } catch (error) {
    const length = request.headers['transfer-encoding'] ? Infinity : Number(request.headers['content-length'] ?? 0)
    if (length > drainedBytes) reply.header('connection', 'close')
    throw error
  }
}

/** Runs a step of a route; a refusal that touches a row is written down. */
async function audited<R>(
  app: FastifyInstance,
  route: AnyRoute,
  request: FastifyRequest,
  step: () => Promise<R>,
): Promise<R> {
  try {
    return await step()
  } catch (error) {
    await auditRefusal(app, request, route, error)
    throw error
  }
}

function schemaOf(route: AnyRoute) {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0] ?? ''],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    response: { 200: route.reply },
  }
}

/** A refused touch of a row is written down too, in a transaction of its own since the request's is undone. */
async function auditRefusal(
  app: FastifyInstance,
  request: FastifyRequest,
  route: AnyRoute,
  error: unknown,
): Promise<void> {
  // public routes open nobody's data, and strangers must not fill the log
  if (route.permission === 'public' || !(error instanceof CodedError) || (error.status !== 403 && error.status !== 404))
    return
  const ids = [request.params, request.query, request.body].flatMap(idsIn)
  await app.transact(
    request.actor,
    async (work) => {
      const behind = await subjectBehind(work, route.path, ids)
      const named = ids.find(([field]) => field === 'id') ?? ids.find(([field]) => field === 'patientId') ?? ids[0]
      const note: AuditNote = {
        action: route.id,
        subject: route.id.split('.')[0] ?? 'route',
        outcome: 'refused',
        detail: { code: error.code },
        subjectId: named?.[1],
        patientId: behind?.patientId,
        facilityId: behind?.facilityId ?? undefined,
      }
      await writeAudit(work.tx, work.actor, request.id, [note])
    },
    request.id,
  )
}

type NamedId = readonly [field: string, id: string]

/** The ids a part of a request names. */
function idsIn(part: unknown): NamedId[] {
  return Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(part)).filter(
    (entry): entry is [string, string] => /^id$|Id$/.test(entry[0]) && z.uuid().safeParse(entry[1]).success,
  )
}

/** Whose record the refused request was about, and of which unit: by the patient's own id, else by the thing it named. */
async function subjectBehind(work: Work, path: string, ids: readonly NamedId[]) {
  const patientId = ids.find(([field]) => field === 'patientId')?.[1]
  if (patientId) return (await behindSubjects(work, 'patient', [patientId]))[0] ?? { patientId, facilityId: null }
  for (const [field, id] of ids) {
    const kind = kindOfField(path, field)
    const [found] = kind ? await behindSubjects(work, kind, [id]) : []
    if (found) return found
  }
  return undefined
}
