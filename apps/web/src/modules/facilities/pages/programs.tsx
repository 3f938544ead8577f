import { Button, Card, EmptyState, Skeleton, Stack } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { type MadeProgram, ProgramForm } from '../parts/program-form.tsx'
import { ProgramLine } from '../parts/program-line.tsx'
import css from '../parts/programs.module.css'
import { TokenOnce } from '../parts/token-once.tsx'
import { UnitHeader } from '../parts/unit-header.tsx'

function usePrograms(facilityId: string) {
  return useInfiniteQuery({
    queryKey: ['identity.listServiceAccounts', facilityId] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        'identity.listServiceAccounts',
        { query: { facilityId, ...(pageParam && { after: pageParam }) } },
        { signal },
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

function AddProgram({ onAdd }: { onAdd: () => void }) {
  return (
    <Button look="primary" icon="plus" onClick={onAdd}>
      {t('facilities.programs.add')}
    </Button>
  )
}

function NoProgram({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState picture="road" title={t('facilities.programs.none')} actions={<AddProgram onAdd={onAdd} />}>
      {t('facilities.programs.noneHint')}
    </EmptyState>
  )
}

interface ProgramListProps {
  programs: ReplyOf<'identity.listServiceAccounts'>['items']
  facilityId: string
}

function ProgramList({ programs, facilityId }: ProgramListProps) {
  return (
    <ul className={css.programs} aria-label={t('facilities.programs.list')}>
      {programs.map((program) => (
        <ProgramLine key={program.id} program={program} facilityId={facilityId} />
      ))}
    </ul>
  )
}

function Programs({ facilityId, onAdd }: { facilityId: string; onAdd: () => void }) {
  const list = usePrograms(facilityId)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={t('facilities.programs.title')} actions={items.length > 0 && <AddProgram onAdd={onAdd} />}>
      <Stack gap={4}>
        <p className={css.soft}>{t('facilities.programs.lead')}</p>
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Skeleton label={t('state.loading')} lines={5} />}
        {list.isSuccess && items.length === 0 && <NoProgram onAdd={onAdd} />}
        {items.length > 0 && <ProgramList programs={items} facilityId={facilityId} />}
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
    </Card>
  )
}

/** Programs of a unit that act by a token: given, seen and ended here. */
export default function ProgramsPage() {
  const id = useParam('id')
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<MadeProgram | null>(null)
  const { data: unit, error } = useRead('facilities.unit', { params: { id } })
  return (
    <>
      <ProblemNotice error={error} />
      {!unit && !error && <Skeleton label={t('state.loading')} lines={8} card />}
      {unit && <UnitHeader unit={unit} current="programs" />}
      {unit && <Programs facilityId={id} onAdd={() => setAdding(true)} />}
      {adding && (
        <ProgramForm
          facilityId={id}
          onClose={() => setAdding(false)}
          onMade={(next) => {
            setAdding(false)
            setMade(next)
          }}
        />
      )}
      {made && <TokenOnce made={made} onClose={() => setMade(null)} />}
    </>
  )
}
