import { Card, Icon, List, ListRow } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'

const mostShown = 5

/** On the start page of whoever answers for a unit: emergency openings nobody judged yet. */
export default function OpeningsWaiting() {
  const { data } = useRead('records.listEmergencyOpenings', { query: { state: 'open', limit: mostShown } })
  const waiting = (data?.items ?? []).filter((one) => one.awaits.length > 0)
  if (waiting.length === 0) return null
  const title = t('records.openings.toReview', { count: data?.next ? `${mostShown}+` : waiting.length })
  return (
    <Card title={title} tight>
      <List label={title}>
        {waiting.map((one) => (
          <ListRow
            key={one.id}
            href="/work/emergency-openings"
            lead={<Icon name="alert" />}
            title={t('records.openings.by', { name: one.openerName })}
            detail={[...one.openerUnits, formatDateTime(one.at)].join(' · ')}
          />
        ))}
      </List>
    </Card>
  )
}
