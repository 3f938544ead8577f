import { useRef, useState } from 'react'
import { type RoomContext, type RoomPanel, roomPanels } from './room-panels.ts'

/** The menu stands where the panels stand, and gives way to them. */
export const MORE = 'more'

/** The panels of one stage: which one is open, and what waits in the closed ones. */
export interface Panels {
  readonly context: RoomContext
  /** A panel's code, `MORE`, or null. */
  readonly open: string | null
  /** Those that may be opened now. */
  readonly shown: readonly RoomPanel[]
  readonly counts: Readonly<Record<string, number>>
  show(code: string): void
  close(): void
  count(code: string, unseen: number): void
}

/** One panel at a time; the keyboard goes back to the button that opened it. */
export function usePanels(context: RoomContext, more: readonly RoomPanel[] = []): Panels {
  const [wanted, setWanted] = useState<string | null>(null)
  const [counts, setCounts] = useState<Record<string, number>>({})
  const openedBy = useRef<Element | null>(null)
  const shown = [...more, ...roomPanels].filter((panel) => panel.shown(context))
  const open = wanted === MORE || shown.some(({ code }) => code === wanted) ? wanted : null
  return {
    context,
    open,
    shown,
    counts,
    show(code) {
      if (open === null) openedBy.current = document.activeElement
      setWanted(code)
    },
    close() {
      setWanted(null)
      if (openedBy.current instanceof HTMLElement && openedBy.current.isConnected) openedBy.current.focus()
    },
    count(code, unseen) {
      setCounts((before) => (before[code] === unseen ? before : { ...before, [code]: unseen }))
    },
  }
}
