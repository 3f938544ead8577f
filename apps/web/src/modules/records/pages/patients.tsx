import { Card, EmptyState, LinkButton, PageHeader, SearchField, Skeleton, Stack } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, keepTyped, readTyped, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { useRested } from '../data.ts'
import { PatientList } from '../parts/patient-list.tsx'
import css from './patients.module.css'

type Reply = ReplyOf<'records.searchPatients'>

function usePatients(q: string) {
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: ['records.searchPatients', q],
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      call('records.searchPatients', { body: { q, limit: 30, ...(pageParam && { after: pageParam }) } }, { signal }),
    placeholderData: (before) => before,
  })
}

function Nobody({ q, mayRegister }: { q: string; mayRegister: boolean }) {
  return (
    <EmptyState
      picture={q ? 'search' : 'people'}
      title={q ? t('records.patients.none', { q }) : t('records.patients.empty')}
      actions={
        mayRegister && (
          <LinkButton icon="plus" href="/work/patients/new" onClick={() => keepTyped('newPatient', q)}>
            {t('records.register.title')}
          </LinkButton>
        )
      }
    >
      <p>{q ? t('records.patients.noneText') : t('records.patients.emptyText')}</p>
    </EmptyState>
  )
}

/** What is typed, kept for the way back, and whom it finds. */
function usePatientSearch() {
  const [text, setText] = useState(() => readTyped('patients'))
  const q = useRested(text.trim())
  const found = usePatients(q)
  useEffect(() => keepTyped('patients', q), [q])
  return { text, setText, q, found }
}

function Header({ mayRegister }: { mayRegister: boolean }) {
  return (
    <PageHeader
      title={t('records.patients.title')}
      actions={
        mayRegister && (
          <LinkButton look="primary" icon="plus" href="/work/patients/new">
            {t('records.register.title')}
          </LinkButton>
        )
      }
    />
  )
}

interface FoundProps {
  found: ReturnType<typeof usePatients>
  q: string
  mayRegister: boolean
}

function FoundPatients({ found, q, mayRegister }: FoundProps) {
  const rows = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card as="div" tight>
      {found.isPending && <Skeleton label={t('state.loading')} lines={6} />}
      {found.isSuccess && rows.length === 0 && <Nobody q={q} mayRegister={mayRegister} />}
      {rows.length > 0 && (
        <PatientList
          rows={rows}
          busy={found.isFetchingNextPage}
          onMore={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
        />
      )}
    </Card>
  )
}

function EmergencyWay() {
  return (
    <p className={css.emergency}>
      {t('records.patients.elsewhere')} <a href="/work/patients/emergency">{t('records.emergency.title')}</a>
    </p>
  )
}

/** The unit's patients: type, and they are there. */
export default function PatientsPage() {
  const { text, setText, q, found } = usePatientSearch()
  const mayRegister = useMay('patient.register')
  const mayBreakGlass = useMay('record.break-glass')
  return (
    <>
      <Header mayRegister={mayRegister} />
      <Stack gap={4}>
        <SearchField
          label={t('records.patients.search')}
          hint={t('records.patients.searchHint')}
          clearLabel={t('do.clear')}
          value={text}
          onText={setText}
          autoComplete="off"
          autoFocus
        />
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
        <FoundPatients found={found} q={q} mayRegister={mayRegister} />
        {mayBreakGlass && <EmergencyWay />}
      </Stack>
    </>
  )
}
