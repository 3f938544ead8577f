import { type ReactNode, useLayoutEffect, useRef } from 'react'
import css from './tabs.module.css'

export interface TabLink {
  href: string
  label: ReactNode
  current: boolean
}

/** Sibling pages as links, so that each has an address and the back key works. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const row = useRef<HTMLElement>(null)
  const current = tabs.find((tab) => tab.current)?.href
  // on a narrow screen the row scrolls sideways, and where one is may stand outside of it; the page itself stays put
  useLayoutEffect(() => {
    const here = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (row.current && here) row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2
  }, [current])
  return (
    <nav ref={row} className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} className={css.tab} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
        </a>
      ))}
    </nav>
  )
}
