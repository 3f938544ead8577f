import { useInfiniteQuery } from '@tanstack/react-query'
import { call, refresh, type ReplyOf } from '../../platform/api/index.ts'
import { t, wordFor } from '../../platform/i18n/index.ts'

export type TroubledText = ReplyOf<'identity.listTroubledTexts'>['items'][number]
export type TroubledJob = ReplyOf<'operations.listJobs'>['items'][number]
type ListId = 'identity.listTroubledTexts' | 'operations.listJobs'

const pageSize = 30
/** A job carries a retry out: looked at again after this long. */
const settledAfterMs = 3_000

/** Reads lists and counts again, now and once the jobs have run. */
export function readAgain(): void {
  const read = (): void => void refresh('identity.listTroubledTexts', 'operations.')
  read()
  setTimeout(read, settledAfterMs)
}

/** One of the two lists, a page at a time. */
export function useTroubles<I extends ListId>(id: I) {
  type Reply = ReplyOf<I>
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: [id],
    queryFn: ({ pageParam: after, signal }) =>
      call<ListId>(id, { query: { limit: pageSize, after } }, { signal }) as Promise<Reply>,
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** Why it did not go, as a sentence; a code nobody wrote one for stands as it is. */
export function reasonText(code: string | null): string | undefined {
  if (code === null) return undefined
  const known = wordFor(`operations.code.${code}`)
  if (known) return known
  const [, status] = /^GATEWAY_(\d{3})$/.exec(code) ?? []
  return status ? t('operations.gatewayAnswered', { status }) : t('operations.otherCode', { code })
}
