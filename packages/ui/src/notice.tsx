import type { ReactNode } from 'react'
import css from './notice.module.css'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export type Tone = 'info' | 'success' | 'warn' | 'error'

const icons: Record<Tone, IconName> = { info: 'info', success: 'check', warn: 'alert', error: 'alert' }

interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links that solve it. */
  actions?: ReactNode
  /** Present from the start of the page: nothing is announced. */
  still?: boolean
}

/** A message on the page. Errors interrupt a screen reader, the others wait their turn. */
export function Notice({ tone = 'info', title, children, actions, still }: NoticeProps) {
  const role = tone === 'error' ? 'alert' : 'status'
  return (
    <div className={cx(css.notice, css[tone])} {...(!still && { role })}>
      <Icon name={icons[tone]} className={css.icon} />
      <div className={css.body}>
        {title && <p className={css.title}>{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
    </div>
  )
}
