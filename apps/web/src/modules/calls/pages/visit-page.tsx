import { LinkButton } from '@moinha/ui'
import { isProblem } from '../../../platform/api/index.ts'
import { NotFound } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { useShell } from '../../../platform/shell/index.ts'
import { useVisit } from '../data.ts'
import { CallStage } from '../parts/call-stage.tsx'
import { useWholeScreen } from '../parts/use-whole-screen.ts'
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
