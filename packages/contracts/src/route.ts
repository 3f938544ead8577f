import type { z } from 'zod'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call it at all. Which rows they may touch is decided by the module's policy. */
export type Access = Permission | 'public' | 'signed-in'

/**
 * What a route may answer beside a refusal. 204, 303 and 304 carry no body; 304 comes by itself where there is an
 * `etag`.
 */
export type ReplyStatus = 200 | 201 | 202 | 204 | 206 | 303

/** Why a write may not be sent again on its own. A write says this or `idempotent`. */
export const onceBecause = {
  version: 'Based on a version: after others changed it, it is refused and shows what stands now',
  secret: 'Takes or gives a secret, which is not kept to be sent or told again',
  counted: 'Each try is counted against guessing',
  session: 'Ends, changes or opens the session that carries it',
  undoes: 'A second time would undo what others did after the first',
  byHand: 'Takes long or speaks for a person; whoever asked decides whether to ask again',
  tells: 'Says of each item whether this or somebody before it did it',
} as const

/** One route of the product: the server registers it, the web calls it, OpenAPI shows it. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** `module.verb`, unique over the product; also the OpenAPI operationId. */
  id: string
  method: Method
  path: `/${string}`
  permission: Access
  summary: string
  params?: P
  query?: Q
  body?: B
  reply: R
  /** Status of `reply` where it is not 200. */
  status?: ReplyStatus
  /** Further answers by status, as in `{ 202: Waiting }`; `z.undefined()` where there is no body. */
  replies?: Partial<Record<ReplyStatus, z.ZodType>>
  /** Media types of the reply where it is not JSON of our own; the first is the usual one. */
  produces?: readonly string[]
  /** Media types of the body where it is not JSON; the handler then gets an `Upload` as its body. */
  consumes?: readonly string[]
  /**
   * The reply carries an ETag and `If-None-Match` is answered with 304. `weak`: of the same meaning (JSON, compressed
   * on the way). `strong`: of the same bytes (files; sent as they are).
   */
  etag?: 'weak' | 'strong'
  /**
   * A write that knows versions: an `If-Match` of an older one is refused with 412; `required` also refuses its absence
   * (428).
   */
  ifMatch?: 'optional' | 'required'
  /**
   * A write (or a search under POST) that may be sent again: the same request changes nothing more and answers the
   * present state, also after others moved on; or, where theirs would be overwritten, refuses and brings what stands.
   * Only what says so is repeated by the web on its own.
   */
  idempotent?: true
  /** Why a write is not so, and is sent again only by whoever sent it: one of `onceBecause`, or a sentence. */
  once?: string
  /**
   * Only for a person's own session, never for a program's token, though the permission would let it through. Doors
   * that write without a permission and what any signed-in person may do are so without saying it.
   */
  sessionOnly?: true
  /**
   * Sent by a program that proves itself by a signature over the bytes, which the handler judges: the body comes as an
   * `Upload`, also where it is JSON, and no page of ours need have sent it.
   */
  signed?: true
  /**
   * Open also to a guest of the visit that its address names, as far as the module's policy goes. At every other route
   * a guest is a stranger.
   */
  guests?: true
  /** May wait in an outbox of the device and be sent hours later; such a route is idempotent. */
  offline?: true
  /**
   * A list that can be read from where one stopped: `since` in the query takes the `now` of an earlier reply; `items`
   * are then those that changed, and `gone` names what left the list meanwhile or says that one begins anew
   * (`sinceQuery`, `sinceReply`). Who knows more pages than one merges by the order of the list.
   */
  since?: true
  /**
   * Codes it may refuse with that reading the sources of its handler does not find, e.g. of a listener in another
   * module.
   */
  errors?: readonly string[]
  /** Requests one caller may send in a minute; the platform default holds where it is absent. */
  limitPerMinute?: number
  /** Largest body in bytes where the platform's default (256 KiB) does not fit. */
  bodyLimit?: number
}

type RouteInput<
  Ps extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  I extends string,
> = Omit<Route<Ps, Q, B, R>, 'id'> & { id: I }

/** Declares a route and keeps the exact types of its schemas. */
export function defineRoute<
  const I extends string,
  R extends z.ZodType,
  Ps extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(route: RouteInput<Ps, Q, B, R, I>): RouteInput<Ps, Q, B, R, I> {
  return route
}

type Piece<K extends string, S, V> = S extends z.ZodUndefined ? unknown : { [key in K]: V }
type SchemaOf<T, K extends 'params' | 'query' | 'body'> = T extends { [key in K]?: infer S }
  ? Exclude<S, undefined>
  : never
type In<S> = S extends z.ZodType ? z.input<S> : never
type Out<S> = S extends z.ZodType ? z.output<S> : never

/** What a caller gives: `{ params, query, body }`, each only where the route declares it. */
export type CallInput<T> = Piece<'params', SchemaOf<T, 'params'>, In<SchemaOf<T, 'params'>>> &
  Piece<'query', SchemaOf<T, 'query'>, In<SchemaOf<T, 'query'>>> &
  Piece<'body', SchemaOf<T, 'body'>, In<SchemaOf<T, 'body'>>>

/** What a handler receives after validation. */
export type HandlerInput<T> = Piece<'params', SchemaOf<T, 'params'>, Out<SchemaOf<T, 'params'>>> &
  Piece<'query', SchemaOf<T, 'query'>, Out<SchemaOf<T, 'query'>>> &
  Piece<'body', SchemaOf<T, 'body'>, Out<SchemaOf<T, 'body'>>>

/** What a handler may return (undeclared fields are stripped on the way out). */
export type HandlerReply<T> = T extends { reply: infer R extends z.ZodType } ? z.input<R> : never

/** What a caller gets back. */
export type CallReply<T> = T extends { reply: infer R extends z.ZodType } ? z.output<R> : never
