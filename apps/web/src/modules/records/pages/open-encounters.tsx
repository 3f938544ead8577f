import { Avatar, Card, List, ListRow } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { formatRelative, t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { named } from '../data.ts'

const mostShown = 6

/** On the start page: what was begun at my unit and is not finished. */
export default function OpenEncounters() {
  const { data, refetch } = useRead('records.openEncounters')
  useLive('records.encounterChanged', () => void refetch())
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('records.openNow.title', { count: data.items.length })} tight>
      <List label={t('records.openNow.title', { count: data.items.length })}>
        {data.items.slice(0, mostShown).map((one) => (
          <ListRow
            key={one.id}
            href={`/work/encounters/${one.id}`}
            lead={<Avatar name={one.patientName} />}
            title={one.patientName}
            detail={[named('mode', one.remoteMode), formatRelative(one.startedAt), one.practitionerName].join(' · ')}
          />
        ))}
      </List>
    </Card>
  )
}
