import { Button, Card, EmptyState, PageHeader, Skeleton, Stack, StatusTag, Tabs } from '@moinha/ui'
import { useState } from 'react'
import { call, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { named } from '../data.ts'
import css from '../parts/emergency-openings.module.css'
import { JudgeOpening, type Opening } from '../parts/judge-opening.tsx'

const pageSize = 30
const states = ['open', 'all'] as const
const tones = { justified: 'success', not_justified: 'danger' } as const

/** The patient, where one may know who it is, and the unit they belong to. */
function Whose({ one }: { one: Opening }) {
  const whose = one.homeFacilityName
    ? t('records.openings.of', { unit: one.homeFacilityName })
    : t('records.openings.ofUnknown')
  return (
    <p className={css.soft}>
      {one.patient ? <a href={`/work/patients/${one.patient.id}`}>{one.patient.fullName}</a> : whose}
      {one.patient && ` · ${whose}`}
    </p>
  )
}

function Judged({ review: { side, verdict, note, byName, at } }: { review: Opening['reviews'][number] }) {
  return (
    <li>
      <StatusTag tone={tones[verdict]}>
        {t('records.openings.judged', {
          side: named('side', side),
          verdict: named('verdict', verdict),
          name: byName,
          at: formatDateTime(at),
        })}
      </StatusTag>
      {note && <p className={css.soft}>{note}</p>}
    </li>
  )
}

function Reviews({ one }: { one: Opening }) {
  return (
    <ul className={css.reviews}>
      {one.awaits.map((side) => (
        <li key={side}>
          <StatusTag tone="warn">
            {named('side', side)}: {t('records.openings.awaits')}
          </StatusTag>
        </li>
      ))}
      {one.reviews.map((review) => (
        <Judged key={review.side} review={review} />
      ))}
    </ul>
  )
}

function OpeningCard({ one, onJudge }: { one: Opening; onJudge: () => void }) {
  return (
    <Card as="article">
      <div className={css.who}>
        <h2>{t('records.openings.by', { name: one.openerName })}</h2>
        <p className={css.soft}>{[...one.openerUnits, formatDateTime(one.at)].join(' · ')}</p>
      </div>
      <p className={css.reason}>{one.reason}</p>
      <Whose one={one} />
      <Reviews one={one} />
      {one.awaits.length > 0 && (
        <div className={css.judge}>
          <Button look="primary" onClick={onJudge}>
            {t('records.openings.judge')}
          </Button>
        </div>
      )}
    </Card>
  )
}

type State = (typeof states)[number]

/** The newest openings, kept fresh, and older ones behind them on demand. */
function useOpenings(state: State) {
  const { data, error, refetch } = useRead('records.listEmergencyOpenings', { query: { state, limit: pageSize } })
  const [older, setOlder] = useState<Opening[]>([])
  const [next, setNext] = useState<string | null | undefined>(undefined)
  useLive('records.glassBroken', () => void refetch())
  const after = next === undefined ? data?.next : next
  const more = async (): Promise<void> => {
    const query = { state, limit: pageSize, ...(after && { after }) }
    const reply = await call('records.listEmergencyOpenings', { query }).catch(() => null)
    if (!reply) return
    setOlder([...older, ...reply.items])
    setNext(reply.next)
  }
  return { items: data && [...data.items, ...older], error, refetch, more: after ? more : null }
}

function Openings({ state }: { state: State }) {
  const { items, error, refetch, more } = useOpenings(state)
  const [judged, setJudged] = useState<Opening | null>(null)
  if (error && !items) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!items) return <Skeleton label={t('state.loading')} lines={6} card />
  return (
    <Stack gap={4}>
      {items.length === 0 && (
        <EmptyState
          picture="people"
          title={t(state === 'open' ? 'records.openings.none' : 'records.openings.noneAtAll')}
        />
      )}
      {items.map((one) => (
        <OpeningCard key={one.id} one={one} onJudge={() => setJudged(one)} />
      ))}
      {more && (
        <Button wide onClick={() => void more()}>
          {t('do.more')}
        </Button>
      )}
      {judged && <JudgeOpening opening={judged} onClose={() => setJudged(null)} />}
    </Stack>
  )
}

/** Records opened in an emergency, to be judged by whoever answers for the unit. */
export default function EmergencyOpeningsPage() {
  const state = useSearch().get('state') === 'all' ? 'all' : 'open'
  return (
    <>
      <PageHeader title={t('records.openings.title')} lead={t('records.openings.lead')} />
      <Stack gap={4}>
        <Tabs
          label={t('records.openings.state')}
          tabs={states.map((one) => ({
            href: `?state=${one}`,
            label: t(`records.openings.tab.${one}`),
            current: state === one,
          }))}
        />
        <Openings key={state} state={state} />
      </Stack>
    </>
  )
}
