import { PageHeader, Stack, Tabs } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { JobList } from '../parts/job-list.tsx'
import { TextList } from '../parts/text-list.tsx'

const lists = ['texts', 'jobs'] as const

/** What did not go by itself: texts to phones, and jobs of the server. */
export default function OperationsPage() {
  const shown = useSearch().get('list') === 'jobs' ? 'jobs' : 'texts'
  const { data } = useRead('operations.readCounts')
  const counts = data && {
    texts: data.texts.failed + data.texts.waiting,
    jobs: data.jobs.failed + data.jobs.waiting + data.jobs.stuck,
  }
  return (
    <>
      <PageHeader title={t('operations.title')} lead={t('operations.lead')} />
      <Stack gap={4}>
        <Tabs
          label={t('operations.lists')}
          tabs={lists.map((one) => ({
            href: `?list=${one}`,
            label: t(`operations.list.${one}`, { count: counts?.[one] ?? 0 }),
            current: shown === one,
          }))}
        />
        {shown === 'texts' ? <TextList /> : <JobList />}
      </Stack>
    </>
  )
}
