import { Card, LinkButton, List } from '@moinha/ui'
import { localDay, t, useLanguage } from '../../../platform/i18n/index.ts'
import { isTrial, useMeetings } from '../data.ts'
import { MeetingRow } from '../parts/meeting-row.tsx'

/** Today's meetings on the staff start page; nothing where there are none. */
export default function HomePanel() {
  useLanguage()
  const { items = [] } = useMeetings('upcoming')
  const today = items.filter(
    (line) => (line.may.join && !isTrial(line)) || localDay(new Date(line.startsAt)) === localDay(),
  )
  if (today.length === 0) return null
  return (
    <Card
      title={t('meetings.home.title')}
      actions={
        <LinkButton small look="quiet" href="/work/meetings">
          {t('meetings.home.all')}
        </LinkButton>
      }
    >
      <List label={t('meetings.home.title')}>
        {today.slice(0, 4).map((line) => (
          <MeetingRow key={line.id} line={line} />
        ))}
      </List>
    </Card>
  )
}
