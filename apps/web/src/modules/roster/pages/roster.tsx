import { Button, LinkButton, Notice, PageHeader, Row, Skeleton, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { addDays, mondayOf, today, useWeek, type Week } from '../data.ts'
import { Handovers } from '../parts/handovers.tsx'
import { OnDutyNow } from '../parts/on-duty-now.tsx'
import { type Editing, ShiftDialog } from '../parts/shift-dialog.tsx'
import { WeekGrid } from '../parts/week-grid.tsx'
import css from './roster.module.css'

/** The roster of a unit: who is on now, the week with its gaps, handover notes. */
export default function RosterPage() {
  const search = useSearch()
  const own = useSession().me?.practitionerRoles[0]?.facilityId ?? ''
  const facilityId = search.get('facilityId') ?? own
  const from = mondayOf(search.get('week') ?? today())
  const { data, error, refetch } = useWeek(facilityId, from)
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return (
    <Stack gap={5}>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      <PageHeader
        title={t('roster.page.title')}
        lead={
          <>
            {data.facility.name}. {t('roster.page.lead')}
          </>
        }
      />
      <OnDutyNow facilityId={facilityId} week={data} />
      <WeekPart week={data} facilityId={facilityId} />
      {facilityId === own && <Handovers facilityId={facilityId} week={data} />}
    </Stack>
  )
}

interface WeekHeadProps {
  week: Week
  facilityId: string
  onAdd: (editing: Editing) => void
}

function AddShift({ week, onAdd }: Omit<WeekHeadProps, 'facilityId'>) {
  const add = (): void =>
    onAdd({ shift: null, specialty: week.teams[1] ?? null, day: week.from > today() ? week.from : today() })
  return (
    <Button small look="primary" icon="plus" onClick={add}>
      {t('roster.shift.add')}
    </Button>
  )
}

/** Which week it is, the ones around it, and the way to add a shift. */
function WeekHead({ week, facilityId, onAdd }: WeekHeadProps) {
  const to = (day: string): string => `/work/roster?${new URLSearchParams({ week: day, facilityId }).toString()}`
  return (
    <div className={css.weekHead}>
      <h2>{t('roster.week.of', { from: formatDayMonth(week.from), to: formatDayMonth(addDays(week.from, 6)) })}</h2>
      <Row>
        <LinkButton small icon="arrow-left" iconOnly href={to(addDays(week.from, -7))}>
          {t('roster.week.previous')}
        </LinkButton>
        <LinkButton small href={to(mondayOf(today()))}>
          {t('roster.week.this')}
        </LinkButton>
        <LinkButton small icon="arrow-right" iconOnly href={to(addDays(week.from, 7))}>
          {t('roster.week.next')}
        </LinkButton>
        {week.mayManage && <AddShift week={week} onAdd={onAdd} />}
      </Row>
    </div>
  )
}

function WeekPart({ week, facilityId }: { week: Week; facilityId: string }) {
  const [editing, setEditing] = useState<Editing | null>(null)
  return (
    <section className={css.week}>
      <WeekHead week={week} facilityId={facilityId} onAdd={setEditing} />
      <GapNotice week={week} />
      <WeekGrid week={week} onOpen={setEditing} />
      {week.mayManage && <CopyWeek week={week} facilityId={facilityId} />}
      {editing && (
        <ShiftDialog
          key={`${editing.shift?.id} ${editing.day}`}
          week={week}
          facilityId={facilityId}
          editing={editing}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  )
}

function GapNotice({ week }: { week: Week }) {
  if (week.gaps.length === 0)
    return (
      <Notice still tone="success">
        {t('roster.week.noGaps')}
      </Notice>
    )
  return <Notice still tone="error" title={t('roster.week.gaps', { count: week.gaps.length })} />
}

function CopyWeek({ week, facilityId }: { week: Week; facilityId: string }) {
  const sending = useSend('roster.copyWeek', { after: () => refresh('roster.week') })
  const copy = async (): Promise<void> => {
    const done = await sending.run({ body: { facilityId, from: week.from, to: week.to } })
    if (!done) return
    toast({
      text: [
        t('roster.week.copied', { count: done.copied }),
        ...(done.leftOut > 0 ? [t('roster.week.leftOut', { count: done.leftOut })] : []),
      ].join('. '),
    })
  }
  return (
    <>
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button icon="copy" busy={sending.busy} onClick={() => void copy()}>
          {t('roster.week.copy')}
        </Button>
      </Row>
    </>
  )
}
