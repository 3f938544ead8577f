import { Icon, LinkButton } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { usePlace } from '../../../platform/router/index.ts'
import { useMyRings, useMyVisits, useVisitPath } from '../data.ts'
import css from './banners.module.css'
import { stagesShown } from './stages-shown.ts'
import { useStore } from './use-store.ts'

type Visit = NonNullable<ReturnType<typeof useMyVisits>['data']>['visits'][number]

/** A visit forgotten half a day ago is no longer on everybody's mind; it stays in its own list. */
const REMEMBERED_MS = 4 * 3_600_000

/** Somebody is in, waits to be called, or we were in: one nobody has entered yet is found among the appointments. */
const goesOn = (visit: Visit): boolean =>
  visit.presentCount > 0 ||
  visit.callBacks.length > 0 ||
  (visit.lastEnteredAt !== null && Date.now() - Date.parse(visit.lastEnteredAt) < REMEMBERED_MS)

function textOf({ callBacks, others }: Visit): string {
  if (callBacks.length > 0) return t('calls.return.callBack', { names: callBacks.join(', ') })
  return others.length > 0 ? t('calls.return.text', { names: others.join(', ') }) : t('calls.return.textAlone')
}

/** The way back into an open visit, on every screen but those that show the visit itself. */
export function ReturnBanner() {
  useLanguage()
  const visits = useMyVisits().data?.visits ?? []
  const pathOf = useVisitPath()
  const { path } = usePlace()
  const here = useStore(stagesShown)
  const ringing = new Set(useMyRings().data?.rings.map((ring) => ring.visitId))
  const open = visits.filter(
    (visit) =>
      goesOn(visit) && !path.includes(visit.visitId) && !here.includes(visit.visitId) && !ringing.has(visit.visitId),
  )
  return (
    <>
      {open.slice(0, 2).map((visit) => (
        <aside key={visit.visitId} className={css.banner}>
          <Icon name={visit.callBacks.length > 0 ? 'phone' : 'video'} size={1.3} />
          <span className={css.text}>{textOf(visit)}</span>
          <LinkButton small look="primary" href={pathOf(visit.visitId)}>
            {t('calls.return.go')}
          </LinkButton>
        </aside>
      ))}
    </>
  )
}
