import { Card, Icon, List, ListRow } from '@moinha/ui'
import { refresh, useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'

/** On the start page: prescriptions that the national system did not acknowledge. Nothing where all are. */
export default function UnsentPanel() {
  const { data } = useRead('prescriptions.listUnsent')
  useLive('prescriptions.changed', () => void refresh('prescriptions.listUnsent'))
  const count = data?.items.length ?? 0
  if (count === 0) return null
  return (
    <Card title={t('prescriptions.panel.title')} tight>
      <List label={t('prescriptions.panel.title')}>
        <ListRow
          href="/work/prescriptions/unsent"
          lead={<Icon name="send" />}
          title={t('prescriptions.outbox.home', { count })}
        />
      </List>
    </Card>
  )
}
