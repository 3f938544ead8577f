import { Card, LinkButton, Stack } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { useFeed, useNewsAlive } from '../data.ts'
import { NewsCard } from '../parts/news-card.tsx'

const shown = 2

/** The newest messages on the citizen's front page; nothing new takes no room. */
export default function NewsHomeCard() {
  useNewsAlive()
  const items = useFeed({ own: true }).data?.pages[0]?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('news.feed.title')} actions={<LinkButton look="quiet" small iconAfter="chevron" href="/news">{t('news.home.all')}</LinkButton>}>
      <Stack gap={3}>{items.slice(0, shown).map((item) => <NewsCard key={item.id} item={item} />)}</Stack>
    </Card>
  )
}
