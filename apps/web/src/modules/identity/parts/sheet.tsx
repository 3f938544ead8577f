import type { ReactNode } from 'react'
import css from './sheet.module.css'

interface SheetProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  foot?: ReactNode
  onSubmit: () => void
}

/** One small form in the middle of the page. */
export function Sheet({ title, lead, children, foot, onSubmit }: SheetProps) {
  return (
    <div className={css.room}>
      <form
        className={css.sheet}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <h1 className={css.title}>{title}</h1>
        {lead && <p className={css.lead}>{lead}</p>}
        {children}
      </form>
      {foot && <div className={css.foot}>{foot}</div>}
    </div>
  )
}
