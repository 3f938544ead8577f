import { serviceScopes } from '@moinha/contracts/permissions'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../access/actor.ts'
import { guestHeader, readPage } from '../access/guests.ts'
import { platformErrors, type CodedError } from '../errors/coded-error.ts'
import type { AnyRoute } from './serve.ts'

/** Who is behind a token now; refuses what is no live token, and counts wrong ones by where they come from. */
export type ReadBearer = (token: string, address: string) => Promise<Actor>

/** Of a server without accounts. */
export const noBearer: ReadBearer = async () => {
  throw platformErrors.TOKEN_WRONG()
}

const scopes: ReadonlySet<string> = new Set(serviceScopes)

/** The token of an `Authorization: Bearer` header, in no other place; undefined where there is none (RFC 6750 §2.1). */
export function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined || !/^bearer(\s|$)/i.test(header)) return undefined
  return header.slice('bearer'.length).trim()
}

const ownCookie = /(?:^|;\s*)moinha\./

/** A request speaks for one caller: whoever sends a token and a session of ours does not know as whom it acts. */
export function refuseTwoCredentials(request: FastifyRequest): void {
  if (bearerOf(request) !== undefined && ownCookie.test(request.headers.cookie ?? ''))
    throw platformErrors.TWO_CREDENTIALS()
}

/** Is a route open to tokens at all? Those a token may carry, and public reading; what is not named is for people. */
export function takesBearer({ permission, method, sessionOnly }: AnyRoute): boolean {
  if (sessionOnly) return false
  return permission === 'public' ? method === 'GET' : scopes.has(permission)
}

/**
 * Who sends the request: by token where there is one, else by cookie. A wrong token is never a stranger, it is
 * refused.
 */
export async function readCaller(app: FastifyInstance, route: AnyRoute, request: FastifyRequest): Promise<Actor> {
  const token = bearerOf(request)
  if (token === undefined) return readPerson(app, route, request)
  // a route for people need not look whose token it is
  if (route.permission === 'public' && !takesBearer(route)) throw platformErrors.SESSION_ONLY()
  return app.readBearer(token, request.ip)
}

/** A guest is one at the routes that say so and a stranger's browser, or its own person's, at all others. */
function readPerson(app: FastifyInstance, route: AnyRoute, { headers }: FastifyRequest): Promise<Actor> {
  const guest = route.guests === true && headers[guestHeader] !== undefined
  return readPage(app, { cookie: headers.cookie ?? '', guest })
}

/**
 * Is the caller a program at a route for people? Asked once it is known who it is, so that the refusal is written down.
 */
export function requireTaken(actor: Actor, route: AnyRoute): void {
  if (actor.kind === 'service' && !takesBearer(route)) throw platformErrors.SESSION_ONLY()
}

const realm = 'Bearer realm="moinha"'

/**
 * What a refusal tells programs in `WWW-Authenticate` (RFC 6750 §3); undefined where it is not about their
 * credentials.
 */
export function challengeOf(request: FastifyRequest, { code, params }: CodedError): string | undefined {
  if (code === 'SIGN_IN_REQUIRED') return realm
  if (code === 'TOKEN_WRONG' || code === 'TOKEN_ENDED') return `${realm}, error="invalid_token"`
  if (code === 'TWO_CREDENTIALS') return `${realm}, error="invalid_request"`
  const scope = params?.['permission']
  if (code !== 'NOT_ALLOWED' || bearerOf(request) === undefined || typeof scope !== 'string') return undefined
  return `${realm}, error="insufficient_scope", scope="${scope}"`
}
