import { useEffect, useRef, useState } from 'react'
import { RingTone } from '../media/ring-tone.ts'

const FLASH_MS = 1000

function useFlashingTitle(on: boolean, flash: string): void {
  useEffect(() => {
    if (!on) return
    const before = document.title
    let shown = false
    const turn = (): void => {
      shown = !shown
      document.title = shown ? flash : before
    }
    turn()
    const timer = setInterval(turn, FLASH_MS)
    return () => {
      clearInterval(timer)
      if (document.title === flash) document.title = before
    }
  }, [on, flash])
}

/** Rings and flashes the window's title while `on`. `blocked`: the browser wants a tap before any sound. */
export function useRinging(on: boolean, flash: string): { blocked: boolean; unblock: () => void } {
  const [blocked, setBlocked] = useState(false)
  const tone = useRef<RingTone | null>(null)
  useEffect(() => {
    if (!on) return
    const ringing = (tone.current = new RingTone())
    ringing.start().then(
      (heard) => tone.current === ringing && setBlocked(!heard),
      // a browser without sound of its own: the window's title still flashes
      () => undefined,
    )
    return () => {
      ringing.stop()
      tone.current = null
      setBlocked(false)
    }
  }, [on])
  useFlashingTitle(on, flash)
  return { blocked, unblock: () => void tone.current?.start().then((heard) => setBlocked(!heard)) }
}
