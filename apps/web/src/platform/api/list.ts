import { call } from './call.ts'
import type { CallArguments, ItemOf, ListId, ReplyOf } from './contract.ts'
import { queryClient } from './query.ts'

interface Listed {
  id: string
}

/** What lists that say `since` have in common. */
export interface ListReply<T extends Listed = Listed> {
  items: T[]
  next: string | null
  now: string
  gone: string[] | null
}

/** The order of a list, the same as the server's. */
export type InOrder<T> = (one: T, other: T) => number

/**
 * What one holds after a reply: the list itself, or what is held with what changed in it. Undefined where some of it
 * left and more stands on the server behind the end: what moves up is not known here.
 */
export function mergeList<T extends Listed, R extends ListReply<T>>(
  held: R,
  reply: R,
  inOrder: InOrder<T>,
): R | undefined {
  if (reply.gone === null) return reply
  const away = new Set([...reply.gone, ...reply.items.map(({ id }) => id)])
  const items = [...held.items.filter(({ id }) => !away.has(id)), ...reply.items].sort(inOrder)
  const last = held.items.at(-1)
  // what sorts behind the last one held belongs to a later page
  const shown = held.next !== null && last ? items.filter((one) => inOrder(one, last) <= 0) : items
  if (held.next !== null && shown.length < held.items.length) return undefined
  return { ...reply, items: shown, next: held.next }
}

type Asked = { query?: Record<string, unknown> }

/**
 * A list that had grown does not shrink under the reader: as many are asked for as are held, but no more than this, nor
 * fewer than the screen itself asks for.
 */
const largestPage = 100

/**
 * Options for `useQuery` of a list that says `since`: read whole at first, then only what changed. It is merged into
 * what the cache holds under `queryKey`.
 */
export function listFor<I extends ListId>(id: I, inOrder: InOrder<ItemOf<I>>, ...args: CallArguments<I>) {
  const [input] = args as unknown as [Asked?]
  const queryKey = [id, input ?? {}, 'list'] as const
  type Reply = ReplyOf<I> & ListReply
  const held = (): Reply | undefined => queryClient.getQueryData<Reply>(queryKey)
  const ask = (query: Record<string, unknown>, signal: AbortSignal): Promise<Reply> =>
    call(
      id,
      ...([{ ...input, query: { ...input?.query, ...query } }, { signal }] as unknown as CallArguments<I>),
    ) as Promise<Reply>
  const whole = (signal: AbortSignal): Promise<Reply> => {
    const count = held()?.items.length ?? 0
    const limit = Number(input?.query?.['limit'] ?? 0)
    return ask(limit > 0 && count > limit ? { limit: Math.max(limit, Math.min(count, largestPage)) } : {}, signal)
  }
  return {
    queryKey,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ReplyOf<I>> => {
      const since = held()?.now
      if (since === undefined) return whole(signal)
      const reply = await ask({ since }, signal)
      const known = held()
      if (reply.gone === null) return reply
      const merged = known?.now === since ? mergeList(known, reply, inOrder as unknown as InOrder<Listed>) : undefined
      return merged ?? whole(signal)
    },
  }
}
