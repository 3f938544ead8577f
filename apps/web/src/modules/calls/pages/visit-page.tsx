import { LinkButton } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
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
  const [box, top] = useTop()
  const way = me?.home || home
  if (isProblem(visit.error, 'VISIT_UNKNOWN') || isProblem(visit.error, 'INVALID_INPUT')) return <NotFound home={way} />
  return (
    <div ref={box} className={css.page} style={{ blockSize: `calc(100dvh - ${top}px)` }}>
      <CallStage
        key={visitId}
        visitId={visitId}
        displayName={me?.person?.fullName ?? ''}
        outside={<LinkButton look="quiet" icon="home" href={way}>{t('calls.page.home')}</LinkButton>}
      />
    </div>
  )
}

/** Where the page begins under what stands above it: the room takes all that is left of the screen. */
function useTop() {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useEffect(() => {
    const measure = (): void => setTop(Math.max(0, (box.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    const watch = new ResizeObserver(measure)
    watch.observe(document.body)
    // What stands above may come and go without changing the height of the body.
    for (const above of document.body.querySelectorAll('header, aside, [role="status"], [role="alert"]')) watch.observe(above)
    measure()
    return () => watch.disconnect()
  }, [])
  return [box, top] as const
}
