import { Card, LinkButton, List, ListRow } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { formatDate, formatTime, t } from '../../../platform/i18n/index.ts'
import { dueText, type Enrolment, ownBookingOf, useFollowUpNews, useNames } from '../data.ts'

function Line({ item }: { item: Enrolment & { patientName: string } }) {
  const name = useNames()
  if (!item.nextOn || !item.nextNames) return null
  const when = item.bookedAt
    ? t('programmes.due.booked', { date: formatDate(item.bookedAt), time: formatTime(item.bookedAt) })
    : dueText(item.nextOn)
  return (
    <ListRow
      title={name(item.nextNames)}
      detail={[item.patientName, when, item.facilityName].join(' · ')}
      trail={
        !item.bookedAt && (
          <LinkButton small look="primary" icon="calendar" href={ownBookingOf(item)}>
            {t('programmes.own.book')}
          </LinkButton>
        )
      }
    />
  )
}

/** On the citizen's front page: the next visit of what one is followed for; who is in nothing sees nothing. */
export default function FollowUpCard() {
  useFollowUpNews()
  const items = (useRead('programmes.own').data?.items ?? []).filter(({ nextOn }) => nextOn !== null)
  if (items.length === 0) return null
  return (
    <Card title={t('programmes.own.title')} tight>
      <List label={t('programmes.own.title')}>
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </List>
    </Card>
  )
}
