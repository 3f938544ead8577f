import { useInfiniteQuery } from '@tanstack/react-query'
import { call, type ReplyOf, refresh } from '../../platform/api/index.ts'
import { useLanguage } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type NewsLine = ReplyOf<'news.mine'>['items'][number]
export type Priority = NewsLine['priority']
type Feed = ReplyOf<'news.publicFeed'> & Partial<Pick<ReplyOf<'news.mine'>, 'homes'>>

/** Feeds and counts are read again when a message comes or goes. */
export function useNewsAlive(): void {
  const again = (): void => void refresh('news.')
  useLive('news.published', again)
  useLive('news.withdrawn', again)
}

interface FeedOf {
  own: boolean
  facilityId?: string | undefined
}

export const feedKey = ({ own, facilityId }: FeedOf) => [own ? 'news.mine' : 'news.publicFeed', { facilityId }] as const

/** My feed, or for a visitor that of an area; page by page. */
export function useFeed({ own, facilityId }: FeedOf) {
  return useInfiniteQuery<Feed, Error, { pages: Feed[] }, readonly unknown[], string | undefined>({
    queryKey: feedKey({ own, facilityId }),
    queryFn: ({ pageParam: after, signal }) =>
      own
        ? call('news.mine', { query: { after } }, { signal })
        : call('news.publicFeed', { query: { after, facilityId } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** Messages of the units I publish for. */
export function useManaged(status: 'draft' | 'published' | 'withdrawn' | undefined) {
  type Reply = ReplyOf<'news.list'>
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: ['news.list', { status }],
    queryFn: ({ pageParam: after, signal }) => call('news.list', { query: { status, after } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** Picks the English words where they are wanted and there, and says which language came out. */
export function useWords(): (vi: string, en: string) => { text: string; lang: 'vi' | 'en' } {
  const language = useLanguage()
  return (vi, en) => (language === 'en' && en ? { text: en, lang: 'en' } : { text: vi, lang: 'vi' })
}

/** Paragraphs are divided by an empty line. */
export const paragraphsOf = (body: string): string[] =>
  body
    .trim()
    .split(/\n\s*\n/)
    .filter((part) => part !== '')
