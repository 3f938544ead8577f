import { Badge, Card, LinkButton, Row } from '@moinha/ui'
import { formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { useAppointmentNews, useDay } from '../data.ts'
import { useUnit } from './unit-choice.tsx'

/** On the staff start page: who waits, what to confirm, who comes next. */
export function TodayPanel() {
  const { unit } = useUnit()
  useAppointmentNews()
  const { data } = useDay(unit?.facilityId ?? '', localDay())
  if (!data) return null
  const requested = data.counts['requested'] ?? 0
  const next = data.items.find(
    (one) => ['requested', 'confirmed', 'moved'].includes(one.state) && new Date(one.end) > new Date(),
  )
  return (
    <Card title={t('scheduling.panel.title')} tight>
      <Row>
        {data.waiting > 0 && <Badge tone="urgent">{t('scheduling.panel.waiting', { count: data.waiting })}</Badge>}
        {requested > 0 && <Badge tone="warn">{t('scheduling.panel.requested', { count: requested })}</Badge>}
      </Row>
      <p>
        {next
          ? t('scheduling.panel.next', { time: formatTime(next.start), name: next.patient.fullName })
          : t('scheduling.panel.quiet')}
      </p>
      <div>
        <LinkButton look="primary" icon="calendar" href="/work/today">
          {t('scheduling.panel.open')}
        </LinkButton>
      </div>
    </Card>
  )
}
