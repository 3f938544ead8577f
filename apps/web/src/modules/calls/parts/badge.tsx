import { VisuallyHidden } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import css from './panels.module.css'

/** How much waits unseen behind a button, also said; nothing waits: nothing is there. */
export function Badge({ count }: { count: number }) {
  if (count <= 0) return null
  return (
    <span className={css.badge}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <VisuallyHidden>{t('calls.room.unseen', { count })}</VisuallyHidden>
    </span>
  )
}
