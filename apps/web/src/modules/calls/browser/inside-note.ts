import type { OwnDevices } from '@moinha/contracts/calls'

/** How somebody was inside a visit, so that a page loaded anew goes on as it was. */
export interface InsideNote {
  readonly visitId: string
  /** Whoever opens the same visit next in this tab may be a colleague, who comes in by the door. */
  readonly personId: string
  /** Epoch, ms. */
  readonly at: number
  readonly picture: boolean
  readonly microphone: boolean
  readonly listenOnly: boolean
  readonly quiet: boolean
  readonly ownDevices: OwnDevices
}

const KEY = 'moinha.call.inside'

/** A reload takes seconds and a phone that ran out of memory a minute; after longer one wants to be asked. */
const FRESH_MS = 5 * 60_000

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Kept by the tab, and gone with it. */
export function writeInside(note: InsideNote, store: Store = sessionStorage): void {
  store.setItem(KEY, JSON.stringify(note))
}

export function clearInside(store: Store = sessionStorage): void {
  store.removeItem(KEY)
}

/** This person's note about this visit, where it is fresh; one that is broken is none. */
export function readInside(
  { visitId, personId }: Pick<InsideNote, 'visitId' | 'personId'>,
  now: number,
  store: Store = sessionStorage,
): InsideNote | null {
  try {
    const note = JSON.parse(store.getItem(KEY) ?? 'null') as InsideNote | null
    if (note?.visitId !== visitId || note.personId !== personId) return null
    return now - note.at >= 0 && now - note.at < FRESH_MS ? note : null
  } catch {
    return null
  }
}
