import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { addMonths, clampDay, dayAfterKey, weeksOf } from './calendar-month.ts'
import { cx } from './cx.ts'
import css from './date-picker.module.css'
import { isDay } from './day-text.ts'
import { Dialog } from './dialog.tsx'
import { useFieldLocale } from './field-locale.ts'

export interface DatePickerProps {
  value: string
  min?: string | undefined
  max?: string | undefined
  onPick: (day: string) => void
  onClose: () => void
}

/** Years offered where the field names no bound: a long life back, and as far ahead as a plan reaches. */
const YEARS_BACK = 120
const YEARS_AHEAD = 20

const bound = (day: string | undefined): string | undefined => (day !== undefined && isDay(day) ? day : undefined)

/** The day the keys stand on, and whether it takes the focus. */
function useCursor(value: string, min: string | undefined, max: string | undefined) {
  const { today } = useFieldLocale()
  const [cursor, setCursor] = useState(() => clampDay(isDay(value) ? value : today(), min, max))
  const [moved, setMoved] = useState(true)
  const go = (day: string, focusDay: boolean): void => {
    setCursor(clampDay(day, min, max))
    setMoved(focusDay)
  }
  return { cursor, moved, go }
}

function TodayButton({ onPick }: { onPick: () => void }) {
  const { date } = useFieldLocale()
  return (
    <Button icon="calendar" onClick={onPick}>
      {date.todayName}
    </Button>
  )
}

/** A month of days in a dialog: WAI-ARIA Authoring Practices, "Date Picker Dialog". */
export function DatePicker({ value, onPick, onClose, ...bounds }: DatePickerProps) {
  const { date, today } = useFieldLocale()
  const [min, max] = [bound(bounds.min), bound(bounds.max)]
  const { cursor, moved, go } = useCursor(value, min, max)
  const now = today()
  const todayButton = clampDay(now, min, max) === now && <TodayButton onPick={() => onPick(now)} />
  return (
    <Dialog open onClose={onClose} title={date.dialogTitle} closeLabel={date.close} actions={todayButton}>
      <MonthBar cursor={cursor} min={min} max={max} onGo={(day) => go(day, false)} />
      <MonthGrid
        cursor={cursor}
        chosen={value}
        min={min}
        max={max}
        takeFocus={moved}
        onMove={(day) => go(day, true)}
        onPick={onPick}
      />
    </Dialog>
  )
}

interface BarProps {
  cursor: string
  min: string | undefined
  max: string | undefined
  onGo: (day: string) => void
}

function MonthChoice({ month, onChoose }: { month: number; onChoose: (month: number) => void }) {
  const { date } = useFieldLocale()
  return (
    <select
      aria-label={date.month}
      className={css.select}
      value={month}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
    >
      {Array.from({ length: 12 }, (_, at) => (
        <option key={at} value={at + 1}>
          {date.monthName(at + 1)}
        </option>
      ))}
    </select>
  )
}

interface YearProps {
  year: number
  min: string | undefined
  max: string | undefined
  onChoose: (year: number) => void
}

function YearChoice({ year, min, max, onChoose }: YearProps) {
  const { date, today } = useFieldLocale()
  const thisYear = Number(today().slice(0, 4))
  const first = Math.min(year, Number(min?.slice(0, 4) ?? thisYear - YEARS_BACK))
  const last = Math.max(year, Number(max?.slice(0, 4) ?? thisYear + YEARS_AHEAD))
  const years = Array.from({ length: last - first + 1 }, (_, at) => last - at)
  return (
    <select
      aria-label={date.year}
      className={css.select}
      value={year}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
    >
      {years.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  )
}

/** Month and year, by steps and by choice: a birth year is far away for steps. */
function MonthBar({ cursor, min, max, onGo }: BarProps) {
  const { date } = useFieldLocale()
  const [year, month] = [Number(cursor.slice(0, 4)), Number(cursor.slice(5, 7))]
  const goTo = (toYear: number, toMonth: number): void =>
    onGo(addMonths(cursor, (toYear - year) * 12 + toMonth - month))
  return (
    <div className={css.bar}>
      <Button look="quiet" icon="arrow-left" iconOnly onClick={() => onGo(addMonths(cursor, -1))}>
        {date.previousMonth}
      </Button>
      <MonthChoice month={month} onChoose={(chosen) => goTo(year, chosen)} />
      <YearChoice year={year} min={min} max={max} onChoose={(chosen) => goTo(chosen, month)} />
      <Button look="quiet" icon="arrow-right" iconOnly onClick={() => onGo(addMonths(cursor, 1))}>
        {date.nextMonth}
      </Button>
    </div>
  )
}

interface GridProps {
  cursor: string
  chosen: string
  min: string | undefined
  max: string | undefined
  takeFocus: boolean
  onMove: (day: string) => void
  onPick: (day: string) => void
}

/** Held by the button of the day under the cursor, which is given the focus as the cursor moves. */
function useFocusedDay(cursor: string, takeFocus: boolean): RefObject<HTMLButtonElement | null> {
  const at = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const focus = (): void => at.current?.focus()
    if (!takeFocus) return
    if (at.current?.closest('dialog')?.open) return focus()
    // A dialog that opens puts the focus on its first button, after this.
    const frame = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(frame)
  }, [cursor, takeFocus])
  return at
}

function Weekdays() {
  const { date } = useFieldLocale()
  return (
    <thead>
      <tr>
        {date.weekdays.map(({ short, long }) => (
          <th key={long} scope="col" abbr={long}>
            {short}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type WeeksProps = Omit<GridProps, 'takeFocus' | 'onMove'> & Pick<CellProps, 'button'>

function Weeks({ cursor, chosen, min, max, button, onPick }: WeeksProps) {
  const allowed = (day: string): boolean => clampDay(day, min, max) === day
  return (
    <tbody>
      {weeksOf(cursor).map((week) => (
        <tr key={week[0]}>
          {week.map((day) => (
            <DayCell
              key={day}
              day={day}
              cursor={cursor}
              chosen={day === chosen}
              disabled={!allowed(day)}
              button={button}
              onPick={onPick}
            />
          ))}
        </tr>
      ))}
    </tbody>
  )
}

function MonthGrid(props: GridProps) {
  const { cursor, takeFocus, onMove } = props
  const { date } = useFieldLocale()
  const title = useId()
  const button = useFocusedDay(cursor, takeFocus)
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayAfterKey(cursor, event.key, event.shiftKey)
    if (next === undefined) return
    event.preventDefault()
    onMove(next)
  }
  return (
    <>
      <p id={title} className={css.spoken} aria-live="polite">
        {date.monthName(Number(cursor.slice(5, 7)))} {cursor.slice(0, 4)}
      </p>
      <table className={css.grid} role="grid" aria-labelledby={title} onKeyDown={onKeyDown}>
        <Weekdays />
        <Weeks {...props} button={button} />
      </table>
    </>
  )
}

interface CellProps {
  day: string
  cursor: string
  chosen: boolean
  disabled: boolean
  /** Held by the day under the cursor, the one stop of the Tab key. */
  button: RefObject<HTMLButtonElement | null>
  onPick: (day: string) => void
}

function DayCell({ day, cursor, chosen, disabled, button, onPick }: CellProps) {
  const { date, today } = useFieldLocale()
  const isToday = day === today()
  const outside = day.slice(0, 7) !== cursor.slice(0, 7)
  return (
    <td role="gridcell" aria-selected={chosen}>
      <button
        type="button"
        ref={day === cursor ? button : null}
        tabIndex={day === cursor ? 0 : -1}
        aria-label={date.dayName(day)}
        disabled={disabled}
        aria-current={isToday ? 'date' : undefined}
        onClick={() => onPick(day)}
        className={cx(css.day, outside && css.outside, chosen && css.chosen, isToday && css.today)}
      >
        {Number(day.slice(8))}
      </button>
    </td>
  )
}
