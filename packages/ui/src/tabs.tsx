import type { ReactNode } from 'react'
import css from './tabs.module.css'

export interface TabLink {
  href: string
  label: ReactNode
  current: boolean
}

/** Sibling pages as links, so that each has an address and the back key works. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} className={css.tab} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
        </a>
      ))}
    </nav>
  )
}
