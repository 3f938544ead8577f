import { Button, Card, cx, DateField, EmptyState, isDay, LinkButton, PageHeader, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatLongDate, localDay, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import {
  addDays,
  type Appointment,
  type AppointmentState,
  dayText,
  named,
  useAppointmentNews,
  useDay,
} from '../data.ts'
import { DayRow } from '../parts/day-row.tsx'
import { DeskDialog, WalkInDialog } from '../parts/desk-dialogs.tsx'
import { NoUnit, UnitChoice, useUnit } from '../parts/unit-choice.tsx'
import { BegunBooking } from '../parts/begun-booking.tsx'
import css from './today.module.css'

type Day = ReplyOf<'scheduling.dayList'>

const counted: readonly AppointmentState[] = [
  'requested',
  'confirmed',
  'moved',
  'arrived',
  'in_progress',
  'done',
  'no_show',
  'cancelled',
]
const live: readonly AppointmentState[] = ['requested', 'confirmed', 'moved']

/** Who comes next: the lowest number that waits here, else the first whose time has not passed. */
function nextOf(items: readonly Appointment[], now: Date): string | undefined {
  const waiting = items.filter((one) => one.state === 'arrived').sort((a, b) => (a.queueNo ?? 0) - (b.queueNo ?? 0))[0]
  return (waiting ?? items.find((one) => live.includes(one.state) && new Date(one.end) > now))?.id
}

interface CountersProps {
  day: Day
  filter: AppointmentState | null
  onFilter: (state: AppointmentState | null) => void
}

function Counters({ day, filter, onFilter }: CountersProps) {
  const total = Object.values(day.counts).reduce((sum, count) => sum + count, 0)
  return (
    <div className={css.counters} role="group" aria-label={t('scheduling.today.total', { count: total })}>
      <button type="button" className={css.counter} aria-pressed={filter === null} onClick={() => onFilter(null)}>
        <strong>{total}</strong>
        <span>{t('scheduling.today.all')}</span>
      </button>
      {counted
        .filter((state) => (day.counts[state] ?? 0) > 0)
        .map((state) => (
          <button
            key={state}
            type="button"
            className={cx(css.counter, css[state])}
            aria-pressed={filter === state}
            onClick={() => onFilter(filter === state ? null : state)}
          >
            <strong>{day.counts[state]}</strong>
            <span>{named('state', state)}</span>
          </button>
        ))}
    </div>
  )
}

function DayNav({ date }: { date: string }) {
  const go = (to: string): void => setSearch({ date: to === localDay() ? null : to })
  return (
    <div className={css.nav}>
      <Button look="quiet" icon="arrow-left" iconOnly onClick={() => go(addDays(date, -1))}>
        {t('scheduling.today.previous')}
      </Button>
      <DateField hideLabel label={t('scheduling.today.date')} value={date} onText={(day) => isDay(day) && go(day)} />
      <Button look="quiet" icon="arrow-right" iconOnly onClick={() => go(addDays(date, 1))}>
        {t('scheduling.today.following')}
      </Button>
      {date !== localDay() && (
        <Button look="quiet" small onClick={() => go(localDay())}>
          {t('scheduling.day.today')}
        </Button>
      )}
    </div>
  )
}

function DayOf({ day }: { day: Day }) {
  const [filter, setFilter] = useState<AppointmentState | null>(null)
  const next = day.date === localDay() ? nextOf(day.items, new Date()) : undefined
  const items = day.items.filter((one) => filter === null || one.state === filter)
  return (
    <>
      <Counters day={day} filter={filter} onFilter={setFilter} />
      {day.items.length === 0 && (
        <EmptyState picture="calendar" title={t('scheduling.today.none')}>
          <p>{t('scheduling.today.noneText')}</p>
        </EmptyState>
      )}
      {filter === null && next !== undefined ? (
        <Folded items={items} next={next} />
      ) : (
        <Rows items={items} next={next} />
      )}
    </>
  )
}

const isOver = ({ state }: Appointment): boolean => state === 'done' || state === 'cancelled' || state === 'no_show'

function Rows({ items, next }: { items: readonly Appointment[]; next: string | undefined }) {
  return (
    items.length > 0 && (
      <Card as="div" tight>
        <ol className={css.list}>
          {items.map((one) => (
            <DayRow key={one.id} appointment={one} next={one.id === next} />
          ))}
        </ol>
      </Card>
    )
  )
}

/** While somebody still comes, what is over is folded away, so that the next patient stands on top. */
function Folded({ items, next }: { items: readonly Appointment[]; next: string }) {
  const over = items.filter(isOver)
  return (
    <>
      {over.length > 0 && (
        <details className={css.over}>
          <summary>{t('scheduling.today.over', { count: over.length })}</summary>
          <Rows items={over} next={next} />
        </details>
      )}
      <Rows items={items.filter((one) => !isOver(one))} next={next} />
    </>
  )
}

type DeskWork = 'walk-in' | 'book'

function DeskActions({ onOpen }: { onOpen: (work: DeskWork) => void }) {
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => onOpen('walk-in')}>
        {t('scheduling.today.walkIn')}
      </Button>
      <Button icon="calendar" onClick={() => onOpen('book')}>
        {t('scheduling.today.book')}
      </Button>
    </>
  )
}

function Elsewhere({ atDesk }: { atDesk: boolean }) {
  return (
    <span className={css.links}>
      <LinkButton small look="quiet" icon="window" href="/work/queue" target="_blank">
        {t('scheduling.today.queue')}
      </LinkButton>
      <LinkButton small look="quiet" icon="calendar" href="/work/week">
        {t('scheduling.today.week')}
      </LinkButton>
      {atDesk && (
        <LinkButton small look="quiet" icon="users" href="/work/helpers">
          {t('scheduling.helpers.title')}
        </LinkButton>
      )}
    </span>
  )
}

/** The day by name where it has one ("today"), and its date. */
const leadOf = (date: string): string =>
  dayText(date) === formatLongDate(date) ? formatLongDate(date) : `${dayText(date)} · ${formatLongDate(date)}`

/** The station's home: everybody of the day in order of time, one thing to do a row, and it moves by itself. */
export default function TodayPage() {
  const { unit, units } = useUnit()
  const date = useSearch().get('date') ?? localDay()
  const [open, setOpen] = useState<DeskWork | null>(null)
  const atDesk = useMay('appointment.desk')
  useAppointmentNews()
  const facilityId = unit?.facilityId ?? ''
  const { data, error, isPending, refetch } = useDay(facilityId, date)
  if (!unit) return <NoUnit />
  return (
    <>
      <PageHeader
        title={t('scheduling.today.title')}
        lead={leadOf(date)}
        actions={atDesk && <DeskActions onOpen={setOpen} />}
      />
      <Stack gap={4}>
        <div className={css.bar}>
          <DayNav date={date} />
          <UnitChoice unit={unit} units={units} />
          <Elsewhere atDesk={atDesk} />
        </div>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton label={t('state.loading')} lines={8} card />}
        {data && <DayOf day={data} />}
      </Stack>
      {open === 'walk-in' && <WalkInDialog facilityId={facilityId} onClose={() => setOpen(null)} />}
      {open === 'book' && <DeskDialog facilityId={facilityId} onClose={() => setOpen(null)} />}
      {atDesk && <BegunBooking facilityId={facilityId} />}
    </>
  )
}
