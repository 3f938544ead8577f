import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useNewsAlive } from '../data.ts'
import css from '../parts/news.module.css'

/** How many messages wait, beside the door to them. */
function Mark() {
  useNewsAlive()
  const { data } = useRead('news.unread')
  if (!data?.count) return null
  return (
    <span className={css.mark}>
      <span aria-hidden="true">{data.count}</span>
      <span className={css.spoken}>{t('news.unread', { count: data.count })}</span>
    </span>
  )
}

export default function UnreadMark({ to }: { to: string }) {
  return to === '/news' ? <Mark /> : null
}
