import { Card, Icon, List, ListRow } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'

/** On the start page of whoever looks after the installation: what waits for a decision. Nothing where nothing does. */
export default function OperationsPanel() {
  const { data } = useRead('operations.readCounts')
  const texts = data?.texts.failed ?? 0
  const jobs = data ? data.jobs.failed + data.jobs.stuck : 0
  if (texts + jobs === 0) return null
  return (
    <Card title={t('operations.title')} tight>
      <List label={t('operations.title')}>
        {texts > 0 && (
          <ListRow
            href="/work/operations"
            lead={<Icon name="message" />}
            title={t('operations.home.texts', { count: texts })}
          />
        )}
        {jobs > 0 && (
          <ListRow
            href="/work/operations?list=jobs"
            lead={<Icon name="alert" />}
            title={t('operations.home.jobs', { count: jobs })}
          />
        )}
      </List>
    </Card>
  )
}
