import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { call } from './call.ts'
import type { CallArguments, ItemOf, ListId, ReplyOf } from './contract.ts'
import { listFor, type InOrder, type ListReply } from './list.ts'
import { queryClient } from './query.ts'

interface Reading {
  /** Nothing is asked before it is known of what. */
  enabled?: boolean
  /** Asked again by itself, so often. */
  everyMs?: number
}

/** A list that says `since`, and the way to its next page: `{ data, error, isPending, more }`. */
export function useList<I extends ListId>(
  id: I,
  inOrder: InOrder<ItemOf<I>>,
  { enabled = true, everyMs }: Reading,
  ...args: CallArguments<I>
) {
  const options = listFor(id, inOrder, ...args)
  const reading = useQuery<ReplyOf<I>, Error>({ ...options, enabled, ...(everyMs && { refetchInterval: everyMs }) })
  const [growing, setGrowing] = useState(false)
  const [refused, setRefused] = useState<Error | null>(null)
  const key = JSON.stringify(options.queryKey)
  const grow = useCallback(async () => {
    setGrowing(true)
    setRefused(null)
    await readNext(id, options.queryKey).catch((error: Error) => setRefused(error))
    setGrowing(false)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key as text stands for its parts
  }, [id, key])
  const more = (reading.data as ListReply | undefined)?.next ? { run: () => void grow(), busy: growing } : undefined
  return { ...reading, error: reading.error ?? refused, more }
}

/** Reads the page behind what is held and puts it there, unless the list was read anew meanwhile. */
async function readNext<I extends ListId>(id: I, queryKey: readonly unknown[]): Promise<void> {
  const held = queryClient.getQueryData<ListReply>(queryKey)
  if (!held?.next) return
  const [, input] = queryKey as [I, { query?: object }]
  const asked = [{ ...input, query: { ...input.query, after: held.next } }] as unknown as CallArguments<I>
  const page = (await call(id, ...asked)) as ListReply
  queryClient.setQueryData<ListReply>(queryKey, (now) => {
    if (now?.next !== held.next) return now
    const known = new Set(now.items.map((one) => one.id))
    return { ...now, items: [...now.items, ...page.items.filter((one) => !known.has(one.id))], next: page.next }
  })
}
