import type { ReactNode } from 'react'
import css from './surface.module.css'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'

interface CardProps {
  title?: ReactNode
  actions?: ReactNode
  children: ReactNode
  tight?: boolean
  as?: 'section' | 'article' | 'div'
}

/** A sheet of paper on the ground. */
export function Card({ title, actions, children, tight, as: Tag = 'section' }: CardProps) {
  return (
    <Tag className={cx(css.card, tight && css.tight)}>
      {(title || actions) && (
        <div className={css.cardHead}>
          {title && <h2 className={css.cardTitle}>{title}</h2>}
          {actions && <div className={css.row}>{actions}</div>}
        </div>
      )}
      {children}
    </Tag>
  )
}

/** Rows divided by hairlines. */
export function List({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={css.list} aria-label={label}>
      {children}
    </ul>
  )
}

interface ListRowProps {
  title: ReactNode
  detail?: ReactNode
  /** Before the text: an avatar, an icon, a time. */
  lead?: ReactNode
  /** After the text: a tag, a button. */
  trail?: ReactNode
  /** Makes the whole row one tap. */
  href?: string
  onOpen?: () => void
}

function RowInside({ title, detail, lead, trail, opens }: Omit<ListRowProps, 'href' | 'onOpen'> & { opens: boolean }) {
  return (
    <>
      {lead && <span className={css.lead}>{lead}</span>}
      <span className={css.rowText}>
        <span className={css.rowTitle}>{title}</span>
        {detail && <span className={css.rowDetail}>{detail}</span>}
      </span>
      {trail && <span className={css.trail}>{trail}</span>}
      {opens && <Icon name="chevron" size={1.1} className={css.chevron} />}
    </>
  )
}

/** One thing of a list: with `href` or `onOpen` the whole row is the target. */
export function ListRow({ href, onOpen, ...shown }: ListRowProps) {
  const inside = <RowInside {...shown} opens={Boolean(href ?? onOpen)} />
  if (href)
    return (
      <li>
        <a className={cx(css.listRow, css.tap)} href={href}>
          {inside}
        </a>
      </li>
    )
  if (onOpen)
    return (
      <li>
        <button type="button" className={cx(css.listRow, css.tap)} onClick={onOpen}>
          {inside}
        </button>
      </li>
    )
  return (
    <li>
      <div className={css.listRow}>{inside}</div>
    </li>
  )
}

export type BadgeTone = 'plain' | 'primary' | 'success' | 'info' | 'warn' | 'danger' | 'urgent'

/** A count or a short word. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={cx(css.badge, css[tone])}>{children}</span>
}

/** A state with its dot, so that colour is never the only sign. */
export function StatusTag({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span className={cx(css.badge, css[tone])}>
      <span className={css.dot} aria-hidden="true" />
      {children}
    </span>
  )
}

/** Initials of a Vietnamese name: the given name (last word) first seen, with the family name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.at(-1)?.[0] ?? ''
  return ((words.length > 1 ? (words[0]?.[0] ?? '') : '') + last).toLocaleUpperCase('vi')
}

/** Initials in a disc; the hue follows the name. */
export function Avatar({ name, size = 2.75 }: { name: string; size?: 2.25 | 2.75 | 4 }) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 5, 7)
  return (
    <span
      className={cx(css.avatar, css[`hue${hue}`], size === 4 && css.avatarBig, size === 2.25 && css.avatarSmall)}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}

interface PageHeaderProps {
  title: ReactNode
  lead?: ReactNode
  back?: { href: string; label: string }
  actions?: ReactNode
}

/** Title of a page with its way back and its actions. */
export function PageHeader({ title, lead, back, actions }: PageHeaderProps) {
  return (
    <div className={css.pageHeader}>
      {back && (
        <a className={css.back} href={back.href}>
          <Icon name="arrow-left" size={1.2} />
          {back.label}
        </a>
      )}
      <div className={css.pageTitleRow}>
        <h1>{title}</h1>
        {actions && <div className={css.row}>{actions}</div>}
      </div>
      {lead && <p className={css.pageLead}>{lead}</p>}
    </div>
  )
}

/** Things one under another with even air. */
export function Stack({ children, gap = 4 }: { children: ReactNode; gap?: 2 | 3 | 4 | 5 | 6 }) {
  return <div className={cx(css.stack, css[`gap${gap}`])}>{children}</div>
}

/** Things side by side, wrapping on narrow screens. */
export function Row({ children, spread }: { children: ReactNode; spread?: boolean }) {
  return <div className={cx(css.row, spread && css.spread)}>{children}</div>
}

/** Read by screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={css.spoken}>{children}</span>
}
