import { Badge, cx, VisuallyHidden } from '@moinha/ui'
import { formatDate, formatRelative, t } from '../../../platform/i18n/index.ts'
import { type NewsLine, useWords } from '../data.ts'
import css from './news.module.css'
import { PriorityTag } from './priority-tag.tsx'

/** One message of a feed; the whole card opens it. */
export function NewsCard({ item }: { item: NewsLine }) {
  const words = useWords()
  const title = words(item.titleVi, item.titleEn)
  const excerpt = words(item.excerptVi, item.excerptEn)
  const unread = item.read === false
  return (
    <a className={cx(css.card, unread && css.unread, css[item.priority])} href={`/news/${item.id}`}>
      {(item.priority !== 'normal' || unread) && (
        <span className={css.tags}>
          {unread && <Badge tone="primary">{t('news.feed.new')}</Badge>}
          <PriorityTag priority={item.priority} />
        </span>
      )}
      <strong className={css.cardTitle} lang={title.lang}>
        {title.text}
      </strong>
      <span className={css.excerpt} lang={excerpt.lang}>
        {excerpt.text}
      </span>
      <span className={css.from}>
        {item.sender.name} · <VisuallyHidden>{formatDate(item.shownFrom)}</VisuallyHidden>
        <span aria-hidden="true">{formatRelative(item.shownFrom)}</span>
        {item.correctedAt && ` · ${t('news.corrected')}`}
        {item.isDemo && ` · ${t('news.demo')}`}
      </span>
    </a>
  )
}
