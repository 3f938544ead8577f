import { useEffect, useSyncExternalStore } from 'react'

/** Where the person is. `index` counts steps of this tab's history. */
export interface Place {
  path: string
  search: string
  index: number
}

type Owns = (path: string) => boolean

const read = (): Place => ({
  path: location.pathname,
  search: location.search,
  index: (history.state as { index?: number } | null)?.index ?? 0,
})

let place: Place = { path: '/', search: '', index: 0 }
let hostname = ''
let owns: Owns = () => true
let question: string | null = null
let ignorePop = false
let unasked = false
const listeners = new Set<() => void>()
const scrolls = new Map<number, number>()

function move(next: Place): void {
  scrolls.set(place.index, window.scrollY)
  place = next
  listeners.forEach((listener) => listener())
}

/** The page is about to be left for another person's: what was typed waits elsewhere, nobody is asked. */
export const leaveUnasked = (): void => void (unasked = true)

/** May we leave? Asks when something is typed and not yet sent. */
const mayLeave = (): boolean => question === null || window.confirm(question)

/** Goes to an address of this entry without loading; to any other by loading it. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const target = new URL(to, location.href)
  if (target.origin !== location.origin || !owns(target.pathname)) {
    if (replace) location.replace(target)
    else location.assign(target)
    return
  }
  if (!mayLeave()) return
  question = null
  const index = place.index + (replace ? 0 : 1)
  history[replace ? 'replaceState' : 'pushState']({ index }, '', target)
  move(read())
}

/** Changes the query of the current page, keeping the rest; null removes a key. */
export function setSearch(changes: Readonly<Record<string, string | null>>): void {
  const search = new URLSearchParams(location.search)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') search.delete(key)
    else search.set(key, value)
  }
  const text = search.toString()
  history.replaceState(history.state, '', text ? `?${text}` : location.pathname)
  move(read())
}

function onPop(): void {
  if (ignorePop) return void (ignorePop = false)
  const next = read()
  if (mayLeave()) {
    question = null
    return move(next)
  }
  ignorePop = true
  history.go(place.index - next.index)
}

/** A plain tap on a plain link of this entry; anything else stays the browser's. */
function ownLink(event: Event): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || (link.target && link.target !== '_self') || link.hasAttribute('download')) return null
  const url = new URL(link.href)
  if (url.origin !== location.origin || !owns(url.pathname)) return null
  if (url.hash && url.pathname === location.pathname) return null
  return url.pathname + url.search
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const to = ownLink(event)
  if (to === null) return
  event.preventDefault()
  navigate(to)
}

/** Starts listening. `preload` hears of a link that is about to be followed. */
export function startRouter(ownsPath: Owns, preload: (path: string) => void): void {
  owns = ownsPath
  hostname = location.hostname
  history.scrollRestoration = 'manual'
  if (history.state === null) history.replaceState({ index: 0 }, '')
  place = read()
  window.addEventListener('popstate', onPop)
  document.addEventListener('click', onClick)
  const hint = (event: Event): void => {
    const to = ownLink(event)
    if (to) preload(to.split('?')[0] ?? to)
  }
  for (const name of ['pointerenter', 'touchstart', 'focusin'] as const)
    document.addEventListener(name, hint, { capture: true, passive: true })
}

/** After a page has shown: back where it was read, or at the top. */
export function restoreScroll(at: Place): void {
  window.scrollTo(0, scrolls.get(at.index) ?? 0)
}

export const currentPlace = (): Place => place

/** The name this page was asked for under. */
export const currentHost = (): string => hostname

/** Where pages are drawn for others: the place of the page about to be drawn. */
export function drawAt(at: Pick<Place, 'path' | 'search'>, host: string): void {
  place = { ...at, index: 0 }
  hostname = host
}

/** The address of the screen; renders again when it changes. */
export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    currentPlace,
    currentPlace,
  )
}

/** While `dirty`, leaving the page first asks `ask`. */
export function useUnsaved(dirty: boolean, ask: string): void {
  useEffect(() => {
    if (!dirty) return
    question = ask
    const hold = (event: BeforeUnloadEvent): void => void (unasked || event.preventDefault())
    window.addEventListener('beforeunload', hold)
    return () => {
      question = null
      window.removeEventListener('beforeunload', hold)
    }
  }, [dirty, ask])
}
