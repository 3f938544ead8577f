import { Card, EmptyState, List, PageHeader, Skeleton, Stack, Tabs } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { type ListChoice, useSlips } from '../data.ts'
import { SlipRow } from '../parts/slip-row.tsx'

const boxes = ['incoming', 'outgoing'] as const
const states = ['open', 'done'] as const

/** Slips to this person's units, and of them. */
export default function SlipsPage() {
  const search = useSearch()
  const box = search.get('box') === 'outgoing' ? 'outgoing' : 'incoming'
  const state = search.get('state') === 'done' ? 'done' : 'open'
  const address = (next: Partial<ListChoice>): string =>
    `/work/referrals?${new URLSearchParams({ box, state, ...next }).toString()}`
  return (
    <Stack gap={3}>
      <PageHeader title={t('referrals.list.title')} />
      <Tabs
        label={t('referrals.list.boxes')}
        tabs={boxes.map((one) => ({
          href: address({ box: one }),
          label: t(`referrals.box.${one}`),
          current: one === box,
        }))}
      />
      <Tabs
        label={t('referrals.list.states')}
        tabs={states.map((one) => ({
          href: address({ state: one }),
          label: t(`referrals.list.${one}`),
          current: one === state,
        }))}
      />
      <Lines key={`${box} ${state}`} box={box} state={state} />
    </Stack>
  )
}

function Lines({ box, state }: ListChoice) {
  const { data, error, refetch } = useSlips({ box, state })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  if (data.items.length === 0)
    return (
      <EmptyState picture="letter" title={t(`referrals.empty.${box}`)}>
        {state === 'open' && t(`referrals.emptyText.${box}`)}
      </EmptyState>
    )
  return (
    <Card>
      <List label={t('referrals.list.title')}>
        {data.items.map((slip) => (
          <SlipRow key={slip.id} slip={slip} box={box} />
        ))}
      </List>
    </Card>
  )
}
