import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

/** The TV does not fall asleep while the room is open; asked again whenever the page is looked at. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const { wakeLock } = navigator as { wakeLock?: WakeLock }
    const ask = (): void => {
      if (document.visibilityState !== 'visible') return
      // refused on a low battery: nothing to be done about it
      wakeLock?.request('screen').then(
        (held) => (lock = held),
        () => undefined,
      )
    }
    ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}

/** Browsers allow the whole screen only after a press: the first one counts, and who leaves it is left in peace. */
export function useWholeScreenAtFirstPress(): () => void {
  const asked = useRef(false)
  return () => {
    if (asked.current || document.fullscreenElement !== null) return
    asked.current = true
    const page = document.documentElement as { requestFullscreen?: () => Promise<void> }
    void page.requestFullscreen?.().catch(() => undefined)
  }
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** A remote control has arrows and OK: the arrows go from button to button, round and round. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button, a[href]')].filter(
    (button) => button.offsetParent !== null,
  )
  if (buttons.length === 0) return
  event.preventDefault()
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  buttons[at < 0 ? 0 : (at + step + buttons.length) % buttons.length]?.focus()
}

/** A remote control has no pointer: something must have the focus from the start and after each sheet. */
export function useFirstFocus(place: RefObject<HTMLElement | null>, key: unknown): void {
  useEffect(() => {
    if (place.current?.contains(document.activeElement)) return
    place.current?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }, [place, key])
}
