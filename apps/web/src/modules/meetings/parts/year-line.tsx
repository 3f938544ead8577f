import { Badge } from '@moinha/ui'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from './meetings.module.css'

type OfUnit = ReplyOf<'indicators.meetingsThisYear'>['items'][number]

const inAll = ({ briefing, professional, training }: OfUnit['held']): number => briefing + professional + training

/** How often our units met since the year began, as the reports count it; nothing where nothing was counted yet. */
export function YearLine() {
  const { data } = useRead('indicators.meetingsThisYear')
  const shown = (data?.items ?? []).filter(
    ({ held, attended, plan }) => plan !== null || inAll(held) + inAll(attended) > 0,
  )
  if (shown.length === 0) return null
  return (
    <ul className={css.year} aria-label={t('meetings.year.title')}>
      {shown.map((item) => (
        <li key={item.unit.id}>
          {shown.length > 1 && <strong>{item.unit.name}</strong>}
          <Held item={item} />
          {inAll(item.attended) > 0 && <span>{t('meetings.year.attended', { count: inAll(item.attended) })}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Briefings beside what the plan asks for; other meetings by themselves. */
function Held({ item: { held, plan } }: { item: OfUnit }) {
  const others = held.professional + held.training
  return (
    <>
      {plan !== null && (
        <>
          <span>{t('meetings.year.planned', { count: held.briefing, plan: plan.briefings })}</span>
          {held.briefing >= plan.briefings && <Badge tone="success">{t('meetings.year.enough')}</Badge>}
          {plan.source !== '' && <span className={css.soft}>{plan.source}</span>}
        </>
      )}
      {plan === null && held.briefing > 0 && <span>{t('meetings.year.briefings', { count: held.briefing })}</span>}
      {others > 0 && <span>{t('meetings.year.others', { count: others })}</span>}
    </>
  )
}
