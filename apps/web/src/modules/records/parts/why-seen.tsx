import { Badge, Card, Icon, List, ListRow } from '@moinha/ui'
import { formatDate, formatDateTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage } from '../data.ts'
import css from './why-seen.module.css'

type Relationship = PatientPage['relationships'][number]

/** One line a unit or person, however many reasons it has; one's own first. */
function byHolder(relationships: readonly Relationship[]): [string, Relationship[]][] {
  const groups = new Map<string, Relationship[]>()
  for (const one of relationships)
    groups.set(`${one.kind} ${one.name}`, [...(groups.get(`${one.kind} ${one.name}`) ?? []), one])
  return [...groups].sort(([, [one]], [, [other]]) => Number(other?.mine) - Number(one?.mine))
}

/** `Đăng ký tại đơn vị từ 01/02/2026`. */
export const reasonText = (one: Relationship): string =>
  [
    inLanguage(one.reasonName),
    t('records.why.since', { date: formatDate(one.from) }),
    one.until && t('records.why.until', { at: formatDateTime(one.until) }),
    one.note && `“${one.note}”`,
  ]
    .filter(Boolean)
    .join(' ')

const iconOf = (group: readonly Relationship[]) =>
  group.some((one) => one.reason === 'break_glass') ? 'alert' : group[0]?.kind === 'person' ? 'user' : 'home'

/** What is over: from when to when, and why it ended. */
function Past({ past }: { past: readonly Relationship[] }) {
  if (past.length === 0) return null
  return (
    <details className={css.past}>
      <summary>{t('records.why.past', { count: past.length })}</summary>
      <List label={t('records.why.past', { count: past.length })}>
        {past.map((one) => (
          <ListRow
            key={one.id}
            lead={<Icon name={iconOf([one])} />}
            title={one.name}
            detail={reasonText(one)}
            trail={one.endCause && <Badge>{named('ended', one.endCause)}</Badge>}
          />
        ))}
      </List>
    </details>
  )
}

/** Who may see a record and through what; folded below: who might before, until when, and why no longer. */
export function WhySeen({ relationships, title }: { relationships: readonly Relationship[]; title: string }) {
  return (
    <Card title={title} tight>
      <List label={title}>
        {byHolder(relationships.filter((one) => one.current)).map(([key, group]) => (
          <ListRow
            key={key}
            lead={<Icon name={iconOf(group)} />}
            title={group[0]?.name}
            detail={group.map(reasonText).join(' · ')}
            trail={group.some((one) => one.mine) && <Badge tone="primary">{t('records.why.mine')}</Badge>}
          />
        ))}
      </List>
      <Past past={relationships.filter((one) => !one.current)} />
    </Card>
  )
}
