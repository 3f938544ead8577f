import { Icon, LinkButton } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { usePlace } from '../../../platform/router/index.ts'
import { useMyVisits, useVisitPath } from '../data.ts'
import css from './banners.module.css'

/** The way back into an open visit, on every screen but the visit's own. */
export function ReturnBanner() {
  useLanguage()
  const visits = useMyVisits().data?.visits ?? []
  const pathOf = useVisitPath()
  const { path } = usePlace()
  // A visit nobody has entered yet is found in the list of appointments; here only what goes on.
  const open = visits.filter((visit) => visit.presentCount > 0 && !path.includes(visit.visitId))
  return (
    <>
      {open.slice(0, 2).map((visit) => (
        <aside key={visit.visitId} className={css.banner}>
          <Icon name="video" size={1.3} />
          <span className={css.text}>{visit.others.length > 0 ? t('calls.return.text', { names: visit.others.join(', ') }) : t('calls.return.textAlone')}</span>
          <LinkButton small look="primary" href={pathOf(visit.visitId)}>{t('calls.return.go')}</LinkButton>
        </aside>
      ))}
    </>
  )
}
