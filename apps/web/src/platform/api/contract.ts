import type { contracts } from '@moinha/contracts/all'
import type { CallInput, CallReply } from '@moinha/contracts/route'

type Contracts = typeof contracts
type Nested = Contracts[keyof Contracts]
type AnyRoute = Nested extends infer N ? (N extends { id: string } ? N : N[keyof N]) : never

/** `module.verb` of every contract. */
export type RouteId = Extract<AnyRoute, { id: string }>['id']
type RouteOf<I extends RouteId> = Extract<AnyRoute, { id: I }>

/** What a call takes: `{ params, query, body }`, each only where the route declares it. */
export type InputOf<I extends RouteId> = CallInput<RouteOf<I>>
/** What it answers. */
export type ReplyOf<I extends RouteId> = CallReply<RouteOf<I>>
