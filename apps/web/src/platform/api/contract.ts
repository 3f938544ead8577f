import type { contracts } from '@moinha/contracts/all'
import type { CallInput, CallReply } from '@moinha/contracts/route'

type Contracts = typeof contracts
type ById<M> = { [K in keyof M as M[K] extends { id: infer I extends string } ? I : never]: M[K] }
type Merge<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never
/** The list holds routes, or modules of routes. */
type Routes = ById<Contracts> &
  Merge<{ [K in keyof Contracts]: Contracts[K] extends { id: string } ? never : ById<Contracts[K]> }[keyof Contracts]>

/** `module.verb` of every contract. */
export type RouteId = keyof Routes & string

export interface CallOptions {
  signal?: AbortSignal
  /** The version that a change is based on, where the route knows versions. */
  ifMatch?: string
}

// Looked up in maps, one entry a route: computed over all routes at once these types would explode.
type Inputs = { [I in RouteId]: CallInput<Routes[I]> }
type Replies = { [I in RouteId]: CallReply<Routes[I]> }
type Arguments = {
  [I in RouteId]: Record<never, never> extends Inputs[I]
    ? [input?: Inputs[I], options?: CallOptions]
    : [input: Inputs[I], options?: CallOptions]
}

/** Lists that can be read since a mark. */
export type ListId = { [I in RouteId]: Replies[I] extends { gone: string[] | null } ? I : never }[RouteId]
/** One line of such a list. */
export type ItemOf<I extends ListId> = Replies[I] extends { items: (infer T)[] } ? T : never

/** What a call takes: `{ params, query, body }`, each only where the route declares it. */
export type InputOf<I extends RouteId> = Inputs[I]
/** What it answers. */
export type ReplyOf<I extends RouteId> = Replies[I]
/** Arguments after the id; the input may be left out where the route takes none. */
export type CallArguments<I extends RouteId> = Arguments[I]
