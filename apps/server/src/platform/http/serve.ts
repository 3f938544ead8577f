import type { HandlerInput, HandlerReply, Route } from '@moinha/contracts/route'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { ReadGuests } from '../access/guests.ts'
import { requireAccess } from '../access/require.ts'
import type { Transact, Work } from '../db/work.ts'
import { platformErrors } from '../errors/coded-error.ts'
import { readCaller, requireTaken, takesBearer, type ReadBearer } from './bearer.ts'
import { auditRefusal } from './audit-refusal.ts'
import { digestOf, etagOf, isHeld, isOutdated } from './conditional.ts'
import { encodeReply, jsonType, sendEncoded, type Answer, type EncodedReply } from './reply.ts'
import { acceptOnly, takesBytes } from './uploads.ts'

declare module 'fastify' {
  interface FastifyInstance {
    transact: Transact
    readActor(cookie: string): Promise<Actor>
    readBearer: ReadBearer
    readGuests: ReadGuests
  }
  interface FastifyRequest {
    actor: Actor
  }
  interface FastifyContextConfig {
    /** What the route was declared with. */
    contract?: AnyRoute
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
/** What a handler may give: the plain reply, or an `answer` or `file` of its own. */
export type Given<T> = HandlerReply<T> | Answer
export type Handler<T> = (work: Work, input: HandlerInput<T>, http: Http) => Promise<Given<T>>
/** The last step of a route: the transaction whose reply leaves. */
export type LastStep<T> = (work: Work) => Promise<Given<T>>
/** Opens a transaction for the caller; what it did stays, whatever becomes of the steps after it. */
export type BeginStep = <R>(step: (work: Work) => Promise<R>) => Promise<R>
/**
 * A handler whose work does not fit one transaction: reads a file, asks an outside service, then gives its last step.
 */
export type SteppedHandler<T> = (begin: BeginStep, input: HandlerInput<T>, http: Http) => Promise<LastStep<T>>

/** A reply kept from an earlier time: body, its content type where it is not JSON, and e.g. its `content-encoding`. */
export interface ReadyReply {
  version: string
  body: string | Uint8Array
  type?: string
  headers?: Readonly<Record<string, string>>
}

/** What a route may say beside its handler. Both need `etag` (or, for a write, `ifMatch`) in the contract. */
export interface ServeOptions<T> {
  /**
   * The cheap version of what the handler would answer, or of what it would change. Runs first in the handler's
   * transaction: a caller that holds this version gets 304 and the handler does not run. It judges access and leaves
   * the audit row as the handler would; for a write it locks the row, so that nothing comes between.
   */
  version?(work: Work, input: HandlerInput<T>): Promise<string | undefined>
  /** What stands now: told with the refusal of a write that was based on an older version. */
  current?(work: Work, input: HandlerInput<T>): Promise<object>
  /** Does what is asked stand already, e.g. because it was sent again? Then its version is not judged. */
  already?(work: Work, input: HandlerInput<T>): Promise<boolean>
  /**
   * The whole reply without a transaction, e.g. out of what this process keeps. Public routes only: no wall of the
   * database stands behind it. Undefined lets the handler answer.
   */
  ready?(input: HandlerInput<T>, http: Http): Promise<ReadyReply | undefined>
}

/** Every served route, for OpenAPI and the permission matrix. */
export const servedRoutes = new Map<string, AnyRoute>()

/**
 * Serves one contract route. In order: limits and own origin → session or token → declared permission → body → schema
 * → one transaction bound to the actor: version, handler, reply through its schema → commit → the reply leaves.
 */
export function serve<T extends AnyRoute>(
  app: FastifyInstance,
  route: T,
  handler: Handler<T>,
  options: ServeOptions<T> = {},
): void {
  serveInSteps(app, route, async (_begin, input, http) => (work) => handler(work, input, http), options)
}

/** The same for work that must not hold a transaction: `steps` runs outside of one and gives the last step back. */
export function serveInSteps<T extends AnyRoute>(
  app: FastifyInstance,
  route: T,
  steps: SteppedHandler<T>,
  options: ServeOptions<T> = {},
): void {
  if (options.ready && route.permission !== 'public') throw new Error(`${route.id}: only a public route may be ready`)
  requireSinceParts(route)
  servedRoutes.set(route.id, route)
  if (!route.consumes) return register({ app, route, steps, options })
  // a scope of its own: no other route takes these bodies
  void app.register(async (scope) => {
    acceptOnly(scope, route)
    register({ app: scope, route, steps, options })
  })
}

/** A list that says `since` takes the mark and answers with one; else the boot stops. */
function requireSinceParts({ id, since, query, reply }: AnyRoute): void {
  const shapeOf = (schema: z.ZodType | undefined) => (schema as { shape?: object } | undefined)?.shape ?? {}
  const whole = 'since' in shapeOf(query) && ['items', 'now', 'gone'].every((part) => part in shapeOf(reply))
  if (since && !whole) throw new Error(`${id}: says since, but lacks sinceQuery or sinceReply`)
}

function register<T extends AnyRoute>(served: Served<T>): void {
  const { app, route, options } = served
  app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: {
      access: route.permission,
      contract: route,
      ...(route.signed && { signed: true }),
      ...(route.limitPerMinute && { limitPerMinute: route.limitPerMinute }),
    },
    ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
    ...(route.etag === 'strong' && { compress: false }),
    preParsing: async (request, reply) => admitBeforeBody(app, route, request, reply),
    preValidation: async (request) =>
      audited(app, route, request, async () => requireAccess(request.actor, route.permission)),
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body } as HandlerInput<T>
      const http = { request, reply }
      const encoded =
        (await readyReply(route, input, http, options)) ??
        (await audited(app, route, request, () => runSteps(served, input, http)))
      return sendEncoded(reply, encoded)
    },
  })
}

interface Served<T extends AnyRoute> {
  app: FastifyInstance
  route: T
  steps: SteppedHandler<T>
  options: ServeOptions<T>
}

async function readyReply<T extends AnyRoute>(
  route: T,
  input: HandlerInput<T>,
  http: Http,
  { ready }: ServeOptions<T>,
): Promise<EncodedReply | undefined> {
  const found = await ready?.(input, http)
  if (!found) return undefined
  const etag = etagOf(route.etag ?? 'weak', found.version)
  const headers = { ...found.headers, etag }
  if (isHeld(http.request, etag)) return { status: 304, headers: { etag } }
  return { status: route.status ?? 200, body: found.body, type: found.type ?? route.produces?.[0] ?? jsonType, headers }
}

/** The steps outside, then the last one in a transaction, unless the caller holds what it would answer. */
async function runSteps<T extends AnyRoute>(
  { app, route, steps, options }: Served<T>,
  input: HandlerInput<T>,
  http: Http,
): Promise<EncodedReply> {
  const { request } = http
  const begin: BeginStep = (step) => app.transact(request.actor, step, request.id)
  const last = await steps(begin, input, http)
  let encoded: EncodedReply | undefined
  try {
    return await begin(async (work) => {
      noteUse(work, route)
      const version = await options.version?.(work, input)
      if (isOutdated(route, request, version)) await refuseOutdated(work, input, options)
      const known = route.etag && version !== undefined ? etagOf(route.etag, version) : undefined
      if (known && isHeld(request, known)) return { status: 304, headers: { etag: known } }
      encoded = encodeReply(route, await last(work))
      return tagged(route, request, encoded, known)
    })
  } catch (error) {
    // the transaction is undone: its source is read by nobody
    if (encoded?.body instanceof Readable) encoded.body.destroy()
    throw error
  }
}

/** Who comes second is told what stands now; what was sent again and stands already is no second. */
async function refuseOutdated<T>(work: Work, input: HandlerInput<T>, options: ServeOptions<T>): Promise<void> {
  if (await options.already?.(work, input)) return
  const current = await options.current?.(work, input)
  throw platformErrors.PRECONDITION_FAILED(current && { current })
}

/** Whatever a program asks for is written down, also where a person's request would leave no row. */
function noteUse(work: Work, route: AnyRoute): void {
  const { kind, personId } = work.actor
  if (kind !== 'service' || route.permission === 'public' || personId === null) return
  work.audit({ action: route.id, subject: 'service_account', subjectId: personId })
}

/** With its ETag, where the route has one; read off the bytes where no version is known. */
function tagged(route: AnyRoute, request: FastifyRequest, encoded: EncodedReply, known?: string): EncodedReply {
  const { body } = encoded
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : undefined
  if (!route.etag || encoded.status !== (route.status ?? 200)) return encoded
  const etag = known ?? (bytes === undefined ? undefined : etagOf(route.etag, digestOf(bytes)))
  if (!etag) return encoded
  if (isHeld(request, etag)) return { status: 304, headers: { etag } }
  return { ...encoded, headers: { ...encoded.headers, etag } }
}

/** What an early refusal reads to its end, so that the connection can stay; more is left unread and the line closed. */
const drainedBytes = 65_536

/**
 * A page says for whom it was opened. Where colleagues share a browser, what one of them typed is never done in the
 * other's name.
 */
export function requireSamePerson({ permission }: AnyRoute, { headers, actor }: FastifyRequest): void {
  const opened = headers['x-moinha-person']
  if (permission === 'public' || opened === undefined || actor.personId === null || actor.kind === 'guest') return
  if (opened !== actor.personId) throw platformErrors.OTHER_PERSON_NOW()
}

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
  request.actor = await readCaller(app, route, request)
  if (request.actor.kind === 'service' && !takesBearer(route))
    return audited(app, route, request, async () => requireTaken(request.actor, route))
  requireSamePerson(route, request)
  if (route.body && !route.consumes && request.actor.kind !== 'anonymous') return
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
    ...(route.body && !takesBytes(route) && { body: route.body }),
    response: { [route.status ?? 200]: route.reply, ...route.replies },
  }
}
