import { Badge, Button, Card, EmptyState, Skeleton, Stack } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { EndOn } from '../parts/end-on.tsx'
import css from '../parts/facts.module.css'
import { hoursText } from '../parts/hours-text.ts'
import { RegistrationForm } from '../parts/registration-form.tsx'
import { UnitHeader } from '../parts/unit-header.tsx'

type Registration = ReplyOf<'identity.listRegistrations'>['items'][number]

function useRegistrations(facilityId: string) {
  return useInfiniteQuery({
    queryKey: ['identity.listRegistrations', facilityId] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('identity.listRegistrations', { query: { facilityId, ...(pageParam && { after: pageParam }) } }, { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

function standing({ from, until }: Registration): { tone: 'success' | 'warn' | 'plain'; text: string } {
  const today = localDay()
  if (until !== null && until <= today)
    return { tone: 'plain', text: t('facilities.contract.isEnded', { date: formatDate(until) }) }
  if (from > today) return { tone: 'warn', text: t('facilities.contract.begins', { date: formatDate(from) }) }
  return { tone: 'success', text: t('facilities.contract.inForce', { date: formatDate(from) }) }
}

function RegistrationLine({ row, onEnd }: { row: Registration; onEnd: (() => void) | undefined }) {
  const { tone, text } = standing(row)
  return (
    <li className={css.line}>
      <div className={css.what}>
        <strong>{row.fullName}</strong>
        <span className={css.tags}>
          <Badge tone={tone}>{text}</Badge>
          {t('facilities.staff.licence', { number: row.licenceNo })}
        </span>
        <span className={css.soft}>{row.scope}</span>
        {hoursText(row.hours).map((line) => (
          <span key={line} className={css.soft}>
            {line}
          </span>
        ))}
      </div>
      {onEnd && row.until === null && (
        <Button small onClick={onEnd}>
          {t('facilities.contract.end')}
        </Button>
      )}
    </li>
  )
}

interface ListProps {
  facilityId: string
  mayManage: boolean
}

function Lines({ rows, onEnd }: { rows: readonly Registration[]; onEnd: ((row: Registration) => void) | undefined }) {
  return (
    <ul className={css.lines} aria-label={t('facilities.registrations.title')}>
      {rows.map((row) => (
        <RegistrationLine key={row.id} row={row} onEnd={onEnd && (() => onEnd(row))} />
      ))}
    </ul>
  )
}

function Registrations({ facilityId, mayManage }: ListProps) {
  const list = useRegistrations(facilityId)
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Registration | null>(null)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const add = mayManage && (
    <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
      {t('facilities.registrations.add')}
    </Button>
  )
  return (
    <Card title={t('facilities.registrations.title')} actions={add}>
      <Stack gap={4}>
        <p className={css.soft}>{t('facilities.registrations.lead')}</p>
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Skeleton label={t('state.loading')} lines={5} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState picture="letter" title={t('facilities.registrations.none')} />
        )}
        {items.length > 0 && <Lines rows={items} onEnd={mayManage ? setEnding : undefined} />}
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
      {adding && <RegistrationForm facilityId={facilityId} onClose={() => setAdding(false)} />}
      {ending && (
        <EndOn
          route="identity.endRegistration"
          params={{ id: ending.id }}
          title={t('facilities.registrations.endTitle', { name: ending.fullName })}
          text={t('facilities.registrations.endText')}
          onClose={() => setEnding(null)}
        />
      )}
    </Card>
  )
}

/** Who is registered to practise at a unit, within which hours, now and before. */
export default function RegistrationsPage() {
  const id = useParam('id')
  const managesStaff = useMay('staff.manage')
  const { data: unit, error } = useRead('facilities.unit', { params: { id } })
  return (
    <>
      <ProblemNotice error={error} />
      {!unit && !error && <Skeleton label={t('state.loading')} lines={8} card />}
      {unit && <UnitHeader unit={unit} current="registrations" />}
      {unit && <Registrations facilityId={id} mayManage={managesStaff && unit.mayManage} />}
    </>
  )
}
