import { List, ListRow, StatusTag } from '@moinha/ui'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { dueText, type Enrolment, isLate, useNames } from '../data.ts'

type Visit = Enrolment['visits'][number]

function Standing({ visit, next }: { visit: Visit; next: boolean }) {
  if (visit.keptOn)
    return <StatusTag tone="success">{t('programmes.visit.kept', { date: formatDate(visit.keptOn) })}</StatusTag>
  if (visit.missed) return <StatusTag>{t('programmes.visit.missed')}</StatusTag>
  if (!next) return <span>{formatDate(visit.dueOn)}</span>
  return <StatusTag tone={isLate(visit.dueOn) ? 'warn' : 'info'}>{dueText(visit.dueOn)}</StatusTag>
}

/** All visits of a plan: kept, missed, due, to come. */
export function VisitList({ enrolment }: { enrolment: Enrolment }) {
  const name = useNames()
  const next = enrolment.visits.find((visit) => visit.keptOn === null && !visit.missed)
  return (
    <List label={name(enrolment.names)}>
      {enrolment.visits.map((visit, at) => (
        <ListRow
          // recurring visits share a code
          key={`${visit.code}${at}`}
          title={name(visit.names)}
          trail={<Standing visit={visit} next={enrolment.status === 'active' && visit === next} />}
          {...(visit.encounterId && { href: `/work/encounters/${visit.encounterId}` })}
        />
      ))}
    </List>
  )
}
