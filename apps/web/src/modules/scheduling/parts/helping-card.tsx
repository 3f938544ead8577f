import { Card, LinkButton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'

/** Only for those whom a station named: the way to booking for others. */
export function HelpingCard() {
  const { data } = useRead('scheduling.helperStations')
  const [term] = data?.items ?? []
  if (!term) return null
  return (
    <Card
      title={t('scheduling.help.title')}
      actions={
        <LinkButton look="primary" icon="users" href="/help">
          {t('do.open')}
        </LinkButton>
      }
    >
      <p>{t('scheduling.help.lead', { station: term.facilityName, until: formatDate(term.untilDay) })}</p>
    </Card>
  )
}
