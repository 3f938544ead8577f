import { Card, LinkButton } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { useFeed, useNewsAlive } from '../data.ts'
import { NewsCard } from '../parts/news-card.tsx'
import css from '../parts/news.module.css'

const shown = 2

/** The newest messages on the citizen's front page; nothing new takes no room. */
export default function NewsHomeCard() {
  useNewsAlive()
  const items = useFeed({ own: true }).data?.pages[0]?.items ?? []
  if (items.length === 0) return null
  return (
    <div className={css.home}>
      <Card
        title={t('news.feed.title')}
        actions={
          <LinkButton look="quiet" small iconAfter="chevron" href="/news">
            {t('news.home.all')}
          </LinkButton>
        }
      >
        <div className={css.pair}>
          {items.slice(0, shown).map((item) => (
            <NewsCard key={item.id} item={item} />
          ))}
        </div>
      </Card>
    </div>
  )
}
