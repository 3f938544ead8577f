import { Badge, Button, Card, EmptyState, Skeleton, Stack } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import type { Pilot } from '../pilots.ts'
import { EndPilot, PilotForm, PilotUses } from '../parts/pilot-dialogs.tsx'
import css from '../parts/unit-pilots.module.css'

type Open = { kind: 'add' } | { kind: 'end' | 'uses'; pilot: Pilot } | null

function usePilots(facilityId: string) {
  return useInfiniteQuery({
    queryKey: ['records.listPilots', facilityId] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('records.listPilots', { query: { facilityId, ...(pageParam && { after: pageParam }) } }, { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

function standing({ from, until, quota, used }: Pilot): { tone: 'success' | 'warn' | 'plain'; text: string } {
  const today = localDay()
  if (until <= today) return { tone: 'plain', text: t('records.pilot.isEnded', { date: formatDate(until) }) }
  if (from > today) return { tone: 'warn', text: t('records.pilot.begins', { date: formatDate(from) }) }
  if (used >= quota) return { tone: 'warn', text: t('records.pilot.full', { quota }) }
  return { tone: 'success', text: t('records.pilot.left', { left: quota - used, quota }) }
}

/** People read the last day on which it holds; stored is the first on which it does not. */
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

interface LineProps {
  pilot: Pilot
  mayManage: boolean
  open: (what: Open) => void
}

function PilotLine({ pilot, mayManage, open }: LineProps) {
  const { tone, text } = standing(pilot)
  return (
    <li className={css.line}>
      <div className={css.what}>
        <strong>{pilot.title}</strong>
        <span className={css.tags}>
          <Badge tone={tone}>{text}</Badge>
          {t('records.pilot.document', { number: pilot.documentNo })}
        </span>
        <span className={css.soft}>
          {t('records.pilot.covers', { icd10: pilot.icd10.join('; '), lastDay: formatDate(dayBefore(pilot.until)) })}
        </span>
      </div>
      {mayManage && (
        <div className={css.actions}>
          <Button small onClick={() => open({ kind: 'uses', pilot })}>
            {t('records.pilot.uses')}
          </Button>
          {!pilot.ended && pilot.until > localDay() && (
            <Button small onClick={() => open({ kind: 'end', pilot })}>
              {t('records.pilot.end')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function Dialogs({ open, unitId, onClose }: { open: Open; unitId: string; onClose: () => void }) {
  if (open?.kind === 'add') return <PilotForm facilityId={unitId} onClose={onClose} />
  if (open?.kind === 'end') return <EndPilot pilot={open.pilot} onClose={onClose} />
  if (open?.kind === 'uses') return <PilotUses pilot={open.pilot} onClose={onClose} />
  return null
}

function None() {
  return (
    <EmptyState picture="letter" title={t('records.pilot.none')}>
      {t('records.pilot.noneHint')}
    </EmptyState>
  )
}

/** Pilot approvals of a unit: what they cover, and how many cases are left. */
export default function UnitPilots({ unitId }: { unitId: string }) {
  const list = usePilots(unitId)
  const [open, setOpen] = useState<Open>(null)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const mayManage = list.data?.pages[0]?.mayManage ?? false
  const add = mayManage && (
    <Button icon="plus" onClick={() => setOpen({ kind: 'add' })}>
      {t('records.pilot.add')}
    </Button>
  )
  return (
    <Card title={t('records.pilot.title')} actions={add}>
      <Stack gap={3}>
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Skeleton label={t('state.loading')} lines={3} />}
        {list.isSuccess && items.length === 0 && <None />}
        <ul className={css.lines}>
          {items.map((pilot) => (
            <PilotLine key={pilot.id} pilot={pilot} mayManage={mayManage} open={setOpen} />
          ))}
        </ul>
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
      <Dialogs open={open} unitId={unitId} onClose={() => setOpen(null)} />
    </Card>
  )
}
