import { type CSSProperties, useEffect, useRef, useState } from 'react'

/** The frame pads ordinary pages; a call takes all the screen that is left under what stands above. */
export function useWholeScreen() {
  const box = useRef<HTMLDivElement>(null)
  const [style, setStyle] = useState<CSSProperties>({})
  useEffect(() => {
    const frame = box.current?.parentElement
    if (!frame) return
    const measure = (): void => {
      const { paddingTop, paddingInlineStart, paddingBottom } = getComputedStyle(frame)
      const top = Math.max(0, frame.getBoundingClientRect().top + window.scrollY)
      setStyle({
        blockSize: `calc(100dvh - ${top}px)`,
        margin: `-${paddingTop} -${paddingInlineStart} -${paddingBottom}`,
      })
    }
    const watch = new ResizeObserver(measure)
    // What stands above may come and go without changing the height of the body.
    for (const above of [
      document.body,
      frame,
      ...document.body.querySelectorAll('header, aside, [role="status"], [role="alert"]'),
    ])
      watch.observe(above)
    measure()
    return () => watch.disconnect()
  }, [])
  return [box, style] as const
}
