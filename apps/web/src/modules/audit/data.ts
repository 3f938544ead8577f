import { useInfiniteQuery } from '@tanstack/react-query'
import { call, type ReplyOf } from '../../platform/api/index.ts'
import { wordFor } from '../../platform/i18n/index.ts'
import words from './words/vi.json'

export type Entry = ReplyOf<'audit.listEntries'>['items'][number]

export interface Filters {
  actorId?: string
  patientId?: string
  action?: string
  outcome?: 'done' | 'refused'
  from?: string
  to?: string
}

const pageSize = 50
const actionPrefix = 'audit.action.'

/** Actions that have a word, for the choice above the list. */
export const knownActions = Object.keys(words)
  .filter((key) => key.startsWith(actionPrefix) && key.includes('.', actionPrefix.length))
  .map((key) => key.slice(actionPrefix.length))

/** `Xem hồ sơ người bệnh`; an action nobody named yet stands as it is. */
export const actionText = (action: string): string => wordFor(`${actionPrefix}${action}`) ?? action

/** The log, a page at a time. */
export function useEntries(filters: Filters) {
  type Reply = ReplyOf<'audit.listEntries'>
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: ['audit.listEntries', filters],
    queryFn: ({ pageParam: after, signal }) =>
      call('audit.listEntries', { query: { ...filters, limit: pageSize, after } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}
