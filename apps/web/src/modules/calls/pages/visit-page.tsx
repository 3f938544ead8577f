import { LinkButton } from '@moinha/ui'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { isProblem } from '../../../platform/api/index.ts'
import { NotFound } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { useShell } from '../../../platform/shell/index.ts'
import { useVisit } from '../data.ts'
import { CallStage } from '../parts/call-stage.tsx'
import css from './visit-page.module.css'

/** The room of one visit, for citizens and staff alike. */
export default function VisitPage() {
  const visitId = useParam('visitId')
  const { home } = useShell()
  const { me } = useSession()
  const visit = useVisit(visitId)
  const [box, style] = useWholeScreen()
  const way = me?.home || home
  if (isProblem(visit.error, 'VISIT_UNKNOWN') || isProblem(visit.error, 'INVALID_INPUT')) return <NotFound home={way} />
  return (
    <div ref={box} className={css.page} style={style}>
      <CallStage
        key={visitId}
        visitId={visitId}
        displayName={me?.person?.fullName ?? ''}
        outside={
          <LinkButton look="quiet" icon="home" href={way}>
            {t('calls.page.home')}
          </LinkButton>
        }
      />
    </div>
  )
}

/** The frame pads ordinary pages; a call takes all the screen that is left under what stands above. */
function useWholeScreen() {
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
