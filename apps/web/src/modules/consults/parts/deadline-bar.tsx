import { t } from '../../../platform/i18n/index.ts'
import { useTimeLeft } from '../data.ts'
import css from './ring.module.css'

/** How much of a ring is left: a bar that runs out, and the seconds in words. */
export function DeadlineBar({
  rungAt,
  deadlineAt,
  serverNow,
}: {
  rungAt: string
  deadlineAt: string
  serverNow: string
}) {
  const left = useTimeLeft(deadlineAt, serverNow)
  const whole = Math.max(1, Date.parse(deadlineAt) - Date.parse(rungAt))
  const seconds = Math.ceil(left / 1000)
  return (
    <div className={css.clock}>
      <span className={css.bar} aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, (left / whole) * 100)}%` }} />
      </span>
      <span className={css.seconds}>{t('consults.ring.left', { seconds })}</span>
    </div>
  )
}
