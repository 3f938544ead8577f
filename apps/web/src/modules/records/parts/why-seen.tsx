import { Badge, Card, Icon, List, ListRow } from '@moinha/ui'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage } from '../data.ts'

/** Who may see a record and through what; one's own reason first. */
export function WhySeen({ relationships, title }: { relationships: PatientPage['relationships']; title: string }) {
  const sorted = [...relationships].sort((one, other) => Number(other.mine) - Number(one.mine))
  return (
    <Card title={title} tight>
      <List label={title}>
        {sorted.map((one) => (
          <ListRow
            key={one.id} lead={<Icon name={one.reason === 'break_glass' ? 'alert' : one.kind === 'facility' ? 'home' : 'user'} />} title={one.name}
            detail={[named('reason', one.reason), t('records.why.since', { date: formatDate(one.from) }), one.until && t('records.why.until', { at: formatDateTime(one.until) })].filter(Boolean).join(' · ')}
            trail={one.mine && <Badge tone="primary">{t('records.why.mine')}</Badge>}
          />
        ))}
      </List>
    </Card>
  )
}
