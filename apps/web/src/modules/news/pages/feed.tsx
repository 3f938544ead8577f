import { Button, EmptyState, PageHeader, SelectField, Skeleton } from '@moinha/ui'
import { reading, readingPages, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { feedKey, useFeed, useNewsAlive } from '../data.ts'
import { NewsCard } from '../parts/news-card.tsx'
import css from '../parts/news.module.css'

export const served: ServedPage = {
  reads: ({ search }) => {
    const facilityId = search.get('area') || undefined
    const key = feedKey({ own: false, facilityId })
    return [readingPages(key, 'news.publicFeed', { query: { facilityId } }), reading('news.publicAreas')]
  },
  head: () => ({ title: t('news.feed.title'), description: t('news.feed.lead') }),
}

/** Visitors, and people without a home station, say which province concerns them; a link may name a station instead. */
function ProvinceField({ chosen }: { chosen: string }) {
  const { data } = useRead('news.publicAreas')
  if (!data?.items.length) return null
  return (
    <SelectField label={t('news.feed.province')} value={chosen} onText={(area) => setSearch({ area })}>
      <option value="">{t('news.feed.allProvinces')}</option>
      {data.items.map((area) => (
        <option key={area.id} value={area.id}>
          {area.name}
        </option>
      ))}
    </SelectField>
  )
}

function Messages({ feed }: { feed: ReturnType<typeof useFeed> }) {
  if (feed.isPending) return <Skeleton label={t('state.loading')} lines={6} card />
  if (feed.error && !feed.data) return <ProblemNotice error={feed.error} onRetry={() => void feed.refetch()} />
  const items = (feed.data?.pages ?? []).flatMap((page) => page.items)
  if (items.length === 0)
    return (
      <EmptyState picture="letter" title={t('news.feed.empty')}>
        {t('news.feed.emptyText')}
      </EmptyState>
    )
  return (
    <>
      {items.map((item) => (
        <NewsCard key={item.id} item={item} />
      ))}
      {feed.hasNextPage && (
        <Button wide busy={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  )
}

/** Health messages, newest first: mine where I am at home, or those of a province. */
export default function FeedPage() {
  const area = useSearch().get('area') ?? ''
  const citizen = useMay('news.own')
  const feed = useFeed({ own: citizen && !area, facilityId: area || undefined })
  useNewsAlive()
  const homes = feed.data?.pages[0]?.homes ?? []
  return (
    <>
      <PageHeader
        title={t('news.feed.title')}
        lead={
          homes.length > 0
            ? t('news.feed.forHomes', { homes: homes.map((home) => home.name).join(', ') })
            : t('news.feed.lead')
        }
      />
      <div className={css.feed}>
        {homes.length === 0 && !feed.isPending && <ProvinceField chosen={area} />}
        <Messages feed={feed} />
      </div>
    </>
  )
}
