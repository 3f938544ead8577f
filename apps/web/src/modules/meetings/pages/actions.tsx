import { Card, EmptyState, PageHeader, Skeleton, Stack, Tabs } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { ActionList } from '../parts/action-list.tsx'

interface Choice {
  whose: 'ours' | 'organised'
  status: 'open' | 'settled'
}

/** What meetings left to do, across all of them. */
export default function ActionsPage() {
  const search = useSearch()
  const organises = useMay('meeting.organise')
  const whose = organises && search.get('whose') === 'organised' ? 'organised' : 'ours'
  const status = search.get('status') === 'settled' ? 'settled' : 'open'
  const address = (next: Partial<Choice>): string =>
    `/work/meetings/actions?${new URLSearchParams({ whose, status, ...next }).toString()}`
  return (
    <Stack gap={3}>
      <PageHeader
        back={{ href: '/work/meetings', label: t('meetings.list.title') }}
        title={t('meetings.actions.title')}
        lead={t('meetings.actions.lead')}
      />
      {organises && (
        <Tabs
          label={t('meetings.actions.whose')}
          tabs={(['ours', 'organised'] as const).map((one) => ({
            href: address({ whose: one }),
            label: t(`meetings.actions.${one}`),
            current: one === whose,
          }))}
        />
      )}
      <Tabs
        label={t('meetings.actions.states')}
        tabs={(['open', 'settled'] as const).map((one) => ({
          href: address({ status: one }),
          label: t(`meetings.actions.state.${one}`),
          current: one === status,
        }))}
      />
      <Lines key={`${whose} ${status}`} whose={whose} status={status} />
    </Stack>
  )
}

function Lines({ whose, status }: Choice) {
  const { data, error, refetch } = useRead('meetings.actions', { query: { whose, status, limit: 100 } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={5} card />
  if (data.items.length === 0)
    return (
      <EmptyState
        picture="letter"
        title={t(status === 'open' ? 'meetings.actions.empty' : 'meetings.actions.emptySettled')}
      />
    )
  return (
    <Card>
      <ActionList items={data.items} ofMeeting />
    </Card>
  )
}
