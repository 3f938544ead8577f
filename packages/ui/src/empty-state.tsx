import type { ReactNode } from 'react'
import css from './empty-state.module.css'

/** Small line pictures, drawn for this project, so that an empty screen is still a place. */
const pictures = {
  hills:
    'M6 78c14-22 24-30 34-30s16 10 24 10 14-22 28-22 22 18 42 42M6 78h128M22 78V66l8-9 8 9v12M27 78v-7h6v7M104 22a8 8 0 1 0 0 .1',
  calendar: 'M34 26h72v54H34zM34 42h72M50 18v14M90 18v14M50 54h8M66 54h8M82 54h8M50 66h8M66 66h8',
  people:
    'M52 44a11 11 0 1 0 0-22 11 11 0 0 0 0 22zM30 80c2-18 11-26 22-26s20 8 22 26M92 50a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM76 62c4-4 10-6 16-6 10 0 17 7 19 24',
  letter: 'M34 28h72v50H34zM34 30l36 28 36-28M34 78l26-26M106 78 80 52',
  search: 'M62 68a22 22 0 1 0 0-44 22 22 0 0 0 0 44zM78 62l24 20M54 46h16',
  road: 'M6 80h128M52 80 66 34h8l14 46M70 42v6M70 56v8M70 72v8M18 80c4-16 10-24 18-28M122 80c-4-16-10-24-18-28M96 30l10-8 10 8v10H96z',
} as const
export type PictureName = keyof typeof pictures

interface EmptyStateProps {
  picture?: PictureName
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}

/** What to show where there is nothing yet: a picture, a sentence, the next step. */
export function EmptyState({ picture = 'hills', title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <svg
        className={css.picture}
        viewBox="0 0 140 96"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        <ellipse cx="70" cy="52" rx="62" ry="38" className={css.blot} />
        <path d={pictures[picture]} stroke="currentColor" />
      </svg>
      <p className={css.title}>{title}</p>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
