import { type Query, QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from './call.ts'
import type { CallArguments, InputOf, ReplyOf, RouteId } from './contract.ts'
import { ApiProblem, isProblem } from './problem.ts'

/**
 * A session that ended, or changed to a colleague's, elsewhere shows at the first refused read: ask again who we
 * are.
 */
const askWhoWeAre = (error: unknown): void => {
  if (isProblem(error, 'SIGN_IN_REQUIRED') || isProblem(error, 'OTHER_PERSON_NOW'))
    void queryClient.invalidateQueries({ queryKey: ['identity.me'] })
}

/** The one cache. `call` already repeats what is safe to repeat, so the cache does not. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askWhoWeAre }),
  defaultOptions: { queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true } },
})

/** Options for `useQuery`: `useQuery({ ...queryFor('scheduling.list', { query: { day } }), enabled })`. */
export function queryFor<I extends RouteId>(id: I, ...args: CallArguments<I>) {
  const [input] = args as [unknown?]
  return {
    queryKey: [id, input ?? {}] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<ReplyOf<I>> =>
      call(id, ...([input, { signal }] as unknown as CallArguments<I>)),
  }
}

/** One read of a page that the server makes before it draws; `paged`: the first page of a list that grows. */
export interface PageRead {
  id: RouteId
  input: unknown
  queryKey: readonly unknown[]
  paged: boolean
}

/** What `useRead` of the same arguments will ask for. */
export function reading<I extends RouteId>(id: I, ...args: CallArguments<I>): PageRead {
  const [input] = args as [unknown?]
  return { id, input: input ?? {}, queryKey: queryFor(id, ...args).queryKey, paged: false }
}

/** The first page of a growing list that is kept under `queryKey`. */
export function readingPages<I extends RouteId>(
  queryKey: readonly unknown[],
  id: I,
  ...args: CallArguments<I>
): PageRead {
  return { ...reading(id, ...args), queryKey, paged: true }
}

/** Reads a route: `{ data, error, isPending, refetch }`. */
export function useRead<I extends RouteId>(id: I, ...args: CallArguments<I>) {
  return useQuery<ReplyOf<I>, Error>(queryFor(id, ...args))
}

const about = new Map<string, Promise<void>>()

/**
 * Reads again whatever begins with one of these: `refresh('scheduling.', 'identity.me')`. Asked for several times in
 * one turn, e.g. by each part of a page that hears the same news, it is read once.
 */
export function refresh(...prefixes: string[]): Promise<void> {
  const key = prefixes.join(' ')
  const read =
    about.get(key) ??
    Promise.resolve().then(() => {
      about.delete(key)
      return readAgain(({ queryKey: [id] }) => prefixes.some((prefix) => String(id).startsWith(prefix)))
    })
  about.set(key, read)
  return read
}

/**
 * The cache lets a first reading that is under way stand for one that is asked for meanwhile; but it may have been
 * answered before what we heard of. Such are read once more after it.
 */
async function readAgain(predicate: (query: Query) => boolean): Promise<void> {
  const underWay = queryClient
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate })
    .filter(({ state }) => state.data === undefined)
  await queryClient.invalidateQueries({ predicate })
  if (underWay.length > 0) await queryClient.invalidateQueries({ predicate: (query) => underWay.includes(query) })
}

/**
 * What was typed on one page and another begins with, e.g. a name looked for. Kept among what was read, so that it goes
 * with the session, and never in an address: addresses stay in histories and logs.
 */
export const keepTyped = (field: string, text: string): void => void queryClient.setQueryData(['typed', field], text)
export const readTyped = (field: string): string => queryClient.getQueryData<string>(['typed', field]) ?? ''

export interface Sending<I extends RouteId> {
  /** Sends; answers undefined when refused (see `problem`). A second tap while one is under way is ignored. */
  run: (...input: CallArguments<I>) => Promise<ReplyOf<I> | undefined>
  busy: boolean
  problem: ApiProblem | null
  clear: () => void
}

interface SendOptions {
  /**
   * Read again what the page shows. Done: before another tap counts, since what is offered now may no longer be there.
   * Refused: beside it. Without a network there is nothing to read.
   */
  after?: () => Promise<unknown>
}

/** A writing call with its waiting state and its refusal. */
export function useSend<I extends RouteId>(id: I, { after }: SendOptions = {}): Sending<I> {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const under = useRef(false)
  const then = useRef(after)
  useEffect(() => {
    then.current = after
  })
  const run = useCallback(
    async (...input: CallArguments<I>): Promise<ReplyOf<I> | undefined> => {
      if (under.current) return undefined
      under.current = true
      setBusy(true)
      setProblem(null)
      try {
        const reply = await call(id, ...input)
        await then.current?.()
        return reply
      } catch (error) {
        askWhoWeAre(error)
        setProblem(error instanceof ApiProblem ? error : new ApiProblem('INTERNAL', { status: 0 }))
        if (!isProblem(error, 'NETWORK_DOWN')) void then.current?.()
        return undefined
      } finally {
        under.current = false
        setBusy(false)
      }
    },
    [id],
  )
  const clear = useCallback(() => setProblem(null), [])
  return { run, busy, problem, clear }
}

export type { InputOf, ReplyOf, RouteId }
