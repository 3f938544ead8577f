import { freeTimesOf } from '@moinha/contracts/free-times'
import { Button, cx, EmptyState, Skeleton } from '@moinha/ui'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { addDays, type AppointmentKind, dayText, type FreeTime, named, weekdayOf } from '../data.ts'
import css from './slot-picker.module.css'

const daysShown = 14
const parts = [
  { key: 'scheduling.slots.night', until: '06:00' },
  { key: 'scheduling.slots.morning', until: '12:00' },
  { key: 'scheduling.slots.afternoon', until: '18:00' },
  { key: 'scheduling.slots.evening', until: '24:00' },
] as const

interface Chosen {
  practitionerId: string
  start: string
}

interface PickerProps {
  facilityId: string
  /** Null: whoever is free. */
  practitionerId: string | null
  kind: AppointmentKind
  chosen: Chosen | null
  onChoose: (slot: Chosen) => void
  /** Names under the times where several workers stand in one list. */
  nameOf: (practitionerId: string) => string
  /** Shown where nothing is free: the way to the waiting list. */
  empty?: ReactNode
}

const dayOf = (slot: { start: string }): string => localDay(new Date(slot.start))

/** Where several are free at one time, one button is enough: the first of them. */
function perTime(slots: readonly FreeTime[]): FreeTime[] {
  return [...new Map([...slots].reverse().map((slot) => [slot.start, slot])).values()].sort((a, b) =>
    a.start < b.start ? -1 : 1,
  )
}

/** The days on the strip, how many times each has, and the first that has any. */
function calendarOf(slots: readonly FreeTime[], from: string) {
  const timesOf = (day: string): FreeTime[] => perTime(slots.filter((slot) => dayOf(slot) === day))
  const days = Array.from({ length: daysShown }, (_, index) => addDays(from, index))
  const counts = new Map(days.map((day) => [day, timesOf(day).length]))
  return { days, counts, timesOf, first: days.find((day) => (counts.get(day) ?? 0) > 0) }
}

type CalendarWish = Pick<PickerProps, 'facilityId' | 'practitionerId' | 'kind' | 'chosen'>

/** The days of the strip with what is free on them, and the one looked at. */
function useCalendar({ facilityId, practitionerId, kind, chosen }: CalendarWish) {
  const [from, setFrom] = useState(localDay)
  const [picked, setPicked] = useState<string | null>(chosen ? dayOf(chosen) : null)
  const reading = useRead('scheduling.freeSlots', {
    params: { facilityId },
    query: { kind, from, days: daysShown, ...(practitionerId && { practitionerId }) },
  })
  const { data } = reading
  const calendar = useMemo(() => calendarOf(data ? freeTimesOf(data) : [], from), [data, from])
  const day = picked && calendar.days.includes(picked) ? picked : (calendar.first ?? from)
  return { reading, calendar, from, setFrom, day, setPicked }
}

/** Two weeks of days and the free times of one of them, in large buttons. */
export function SlotPicker({ facilityId, practitionerId, kind, chosen, onChoose, nameOf, empty }: PickerProps) {
  const wish = { facilityId, practitionerId, kind, chosen }
  const { reading, calendar, from, setFrom, day, setPicked } = useCalendar(wish)
  const { data, error, isPending, refetch } = reading
  const { days, counts, first, timesOf } = calendar
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  return (
    <div className={css.picker}>
      <DayStrip days={days} counts={counts} day={day} waiting={isPending} onPick={setPicked} />
      {isPending && <Skeleton label={t('state.loading')} lines={4} />}
      {data && (
        <Times
          slots={timesOf(day)}
          anyDay={first !== undefined}
          day={day}
          chosen={chosen}
          onChoose={onChoose}
          nameOf={practitionerId ? undefined : nameOf}
          empty={empty}
        />
      )}
      <Pages from={from} onTurn={setFrom} />
    </div>
  )
}

function Pages({ from, onTurn }: { from: string; onTurn: (from: string) => void }) {
  return (
    <div className={css.pages}>
      {from > localDay() && (
        <Button look="quiet" icon="arrow-left" onClick={() => onTurn(addDays(from, -daysShown))}>
          {t('scheduling.slots.earlier')}
        </Button>
      )}
      <Button look="quiet" iconAfter="arrow-right" onClick={() => onTurn(addDays(from, daysShown))}>
        {t('scheduling.slots.later')}
      </Button>
    </div>
  )
}

interface DayStripProps {
  days: readonly string[]
  counts: ReadonlyMap<string, number>
  day: string
  waiting: boolean
  onPick: (day: string) => void
}

function DayStrip({ days, counts, day, waiting, onPick }: DayStripProps) {
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const here = strip.current?.querySelector<HTMLElement>('[aria-pressed="true"]')
    if (here && strip.current)
      strip.current.scrollLeft = here.offsetLeft - strip.current.clientWidth / 2 + here.clientWidth / 2
  }, [day])
  return (
    <div className={css.strip} ref={strip} role="group" aria-label={t('scheduling.slots.days')}>
      {days.map((one) => {
        const free = counts.get(one) ?? 0
        return (
          <button
            key={one}
            type="button"
            className={cx(css.day, !waiting && free === 0 && css.full)}
            aria-pressed={one === day}
            onClick={() => onPick(one)}
          >
            <span>{one === localDay() ? t('scheduling.day.today') : named('weekdayShort', weekdayOf(one))}</span>
            <strong>{formatDayMonth(one)}</strong>
            <span className={css.count}>
              {waiting ? '…' : free === 0 ? t('scheduling.slots.full') : t('scheduling.slots.free', { count: free })}
            </span>
          </button>
        )
      })}
    </div>
  )
}

interface TimesProps {
  slots: readonly FreeTime[]
  /** Is anything free on another day of the strip? */
  anyDay: boolean
  day: string
  chosen: Chosen | null
  onChoose: (slot: Chosen) => void
  nameOf: ((practitionerId: string) => string) | undefined
  empty: ReactNode
}

/** The times of a day by morning, afternoon and so on. */
const partsOf = (slots: readonly FreeTime[]) =>
  parts.map((part, at) => ({
    part,
    slots: slots.filter(
      (slot) =>
        formatTime(slot.start) < part.until && (at === 0 || formatTime(slot.start) >= (parts[at - 1]?.until ?? '')),
    ),
  }))

interface PartProps extends Pick<TimesProps, 'slots' | 'chosen' | 'onChoose' | 'nameOf'> {
  title: string
}

function PartOfDay({ title, slots, chosen, onChoose, nameOf }: PartProps) {
  return (
    <section>
      <h3 className={css.part}>{title}</h3>
      <div className={css.grid}>
        {slots.map((slot) => (
          <button
            key={slot.start}
            type="button"
            className={css.time}
            aria-pressed={chosen?.start === slot.start}
            onClick={() => onChoose({ practitionerId: slot.practitionerId, start: slot.start })}
          >
            <strong>{formatTime(slot.start)}</strong>
            {nameOf && <span>{nameOf(slot.practitionerId)}</span>}
          </button>
        ))}
      </div>
    </section>
  )
}

function Times({ slots, anyDay, day, empty, ...choice }: TimesProps) {
  if (!anyDay) return <EmptyState picture="calendar" title={t('scheduling.slots.noneAtAll')} actions={empty} />
  if (slots.length === 0)
    return (
      <div className={css.none}>
        <p>{t('scheduling.slots.none')}</p>
        {empty}
      </div>
    )
  return (
    <div className={css.times} role="group" aria-label={`${t('scheduling.slots.times')}: ${dayText(day)}`}>
      {partsOf(slots)
        .filter((group) => group.slots.length > 0)
        .map(({ part, slots: some }) => (
          <PartOfDay key={part.key} title={t(part.key)} slots={some} {...choice} />
        ))}
    </div>
  )
}
