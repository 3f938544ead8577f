import { Badge, Card, Icon, List, ListRow } from '@moinha/ui'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage } from '../data.ts'

type Relationship = PatientPage['relationships'][number]

/** One line a unit or person, however many reasons it has; one's own first. */
function byHolder(relationships: readonly Relationship[]): [string, Relationship[]][] {
  const groups = new Map<string, Relationship[]>()
  for (const one of relationships) groups.set(`${one.kind} ${one.name}`, [...(groups.get(`${one.kind} ${one.name}`) ?? []), one])
  return [...groups].sort(([, [one]], [, [other]]) => Number(other?.mine) - Number(one?.mine))
}

/** `Đăng ký tại đơn vị từ 01/02/2026`. */
export const reasonText = (one: Relationship): string =>
  [named('reason', one.reason), one.until ? t('records.why.until', { at: formatDateTime(one.until) }) : t('records.why.since', { date: formatDate(one.from) }), one.note && `“${one.note}”`].filter(Boolean).join(' ')

/** Who may see a record and through what. */
export function WhySeen({ relationships, title }: { relationships: readonly Relationship[]; title: string }) {
  return (
    <Card title={title} tight>
      <List label={title}>
        {byHolder(relationships).map(([key, group]) => (
          <ListRow
            key={key} lead={<Icon name={group.some((one) => one.reason === 'break_glass') ? 'alert' : group[0]?.kind === 'person' ? 'user' : 'home'} />} title={group[0]?.name}
            detail={group.map(reasonText).join(' · ')} trail={group.some((one) => one.mine) && <Badge tone="primary">{t('records.why.mine')}</Badge>}
          />
        ))}
      </List>
    </Card>
  )
}
