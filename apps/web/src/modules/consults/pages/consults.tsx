import { Card, EmptyState, List, PageHeader, Skeleton, Stack, Tabs } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { type ListChoice, useConsultList } from '../data.ts'
import { ConsultRow } from '../parts/consult-row.tsx'
import { EscalationSettings } from '../parts/escalation-settings.tsx'

/** The boxes this person has, the most useful first. */
function useBoxes(): ListChoice['box'][] {
  const [answers, asks, leads] = [useMay('consult.answer'), useMay('consult.request'), useMay('consult.lead')]
  return [
    ...(answers ? ['incoming' as const] : []),
    ...(leads ? ['unit' as const] : []),
    ...(asks || !answers ? ['outgoing' as const] : []),
  ]
}

const label = {
  incoming: () => t('consults.box.incoming'),
  outgoing: () => t('consults.box.outgoing'),
  unit: () => t('consults.box.unit'),
}

interface StatesProps {
  state: 'open' | 'done'
  address: (next: Partial<ListChoice>) => string
}

function States({ state, address }: StatesProps) {
  const states = [
    { state: 'open' as const, label: t('consults.state.open') },
    { state: 'done' as const, label: t('consults.state.done') },
  ]
  return (
    <Tabs
      label={t('consults.list.states')}
      tabs={states.map((one) => ({
        href: address({ state: one.state }),
        label: one.label,
        current: one.state === state,
      }))}
    />
  )
}

/** Consults of this person and their unit. */
export default function ConsultsPage() {
  const search = useSearch()
  const boxes = useBoxes()
  const box = boxes.find((one) => one === search.get('box')) ?? boxes[0] ?? 'outgoing'
  const state = search.get('state') === 'done' ? 'done' : 'open'
  const address = (next: Partial<ListChoice>): string =>
    `/work/consults?${new URLSearchParams({ box, state, ...next } as Record<string, string>).toString()}`
  return (
    <Stack gap={3}>
      <PageHeader title={t('consults.list.title')} />
      {boxes.length > 1 && (
        <Tabs
          label={t('consults.list.boxes')}
          tabs={boxes.map((one) => ({ href: address({ box: one }), label: label[one](), current: one === box }))}
        />
      )}
      <States state={state} address={address} />
      <Lines key={`${box} ${state}`} box={box} state={state} />
      {box === 'unit' && <EscalationSettings />}
    </Stack>
  )
}

function Lines({ box, state }: Pick<ListChoice, 'box' | 'state'>) {
  const { data, error, refetch } = useConsultList({ box, state })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  if (data.items.length === 0) return <Nothing box={box} state={state} />
  return (
    <Card>
      <List label={t('consults.list.title')}>
        {data.items.map((line) => (
          <ConsultRow key={line.id} line={line} />
        ))}
      </List>
    </Card>
  )
}

function Nothing({ box, state }: Pick<ListChoice, 'box' | 'state'>) {
  if (state === 'done') return <EmptyState picture="letter" title={t('consults.list.emptyDone')} />
  if (box === 'outgoing')
    return (
      <EmptyState picture="road" title={t('consults.list.emptyOutgoing')}>
        {t('consults.list.emptyOutgoingText')}
      </EmptyState>
    )
  if (box === 'unit') return <EmptyState picture="hills" title={t('consults.list.emptyUnit')} />
  return (
    <EmptyState picture="hills" title={t('consults.list.emptyIncoming')}>
      {t('consults.list.emptyIncomingText')}
    </EmptyState>
  )
}
