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

/** A month of days in a dialog: WAI-ARIA Authoring Practices, "Date Picker Dialog". */
export function DatePicker({ value, onPick, onClose, ...bounds }: DatePickerProps) {
  const { date, today } = useFieldLocale()
  const [min, max] = [bound(bounds.min), bound(bounds.max)]
  const [cursor, setCursor] = useState(() => clampDay(isDay(value) ? value : today(), min, max))
  const [moved, setMoved] = useState(true)
  const go = (day: string, focusDay: boolean): void => {
    setCursor(clampDay(day, min, max))
    setMoved(focusDay)
  }
  const now = today()
  const todayAllowed = clampDay(now, min, max) === now
  return (
    <Dialog
      open
      onClose={onClose}
      title={date.dialogTitle}
      closeLabel={date.close}
      actions={
        todayAllowed && (
          <Button icon="calendar" onClick={() => onPick(now)}>
            {date.todayName}
          </Button>
        )
      }
    >
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

/** Month and year, by steps and by choice: a birth year is far away for steps. */
function MonthBar({ cursor, min, max, onGo }: BarProps) {
  const { date, today } = useFieldLocale()
  const [year, month] = [Number(cursor.slice(0, 4)), Number(cursor.slice(5, 7))]
  const thisYear = Number(today().slice(0, 4))
  const first = Math.min(year, Number(min?.slice(0, 4) ?? thisYear - YEARS_BACK))
  const last = Math.max(year, Number(max?.slice(0, 4) ?? thisYear + YEARS_AHEAD))
  const years = Array.from({ length: last - first + 1 }, (_, at) => last - at)
  const goTo = (toYear: number, toMonth: number): void =>
    onGo(addMonths(cursor, (toYear - year) * 12 + toMonth - month))
  return (
    <div className={css.bar}>
      <Button look="quiet" icon="arrow-left" iconOnly onClick={() => onGo(addMonths(cursor, -1))}>
        {date.previousMonth}
      </Button>
      <select
        aria-label={date.month}
        className={css.select}
        value={month}
        onChange={(event) => goTo(year, Number(event.currentTarget.value))}
      >
        {Array.from({ length: 12 }, (_, at) => (
          <option key={at} value={at + 1}>
            {date.monthName(at + 1)}
          </option>
        ))}
      </select>
      <select
        aria-label={date.year}
        className={css.select}
        value={year}
        onChange={(event) => goTo(Number(event.currentTarget.value), month)}
      >
        {years.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
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

function MonthGrid({ cursor, chosen, min, max, takeFocus, onMove, onPick }: GridProps) {
  const { date } = useFieldLocale()
  const at = useRef<HTMLButtonElement>(null)
  const title = useId()
  useEffect(() => {
    const focus = (): void => at.current?.focus()
    if (!takeFocus) return
    if (at.current?.closest('dialog')?.open) return focus()
    // A dialog that opens puts the focus on its first button, after this.
    const frame = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(frame)
  }, [cursor, takeFocus])
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayAfterKey(cursor, event.key, event.shiftKey)
    if (next === undefined) return
    event.preventDefault()
    onMove(next)
  }
  const allowed = (day: string): boolean => clampDay(day, min, max) === day
  return (
    <>
      <p id={title} className={css.spoken} aria-live="polite">
        {date.monthName(Number(cursor.slice(5, 7)))} {cursor.slice(0, 4)}
      </p>
      <table className={css.grid} role="grid" aria-labelledby={title} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {date.weekdays.map(({ short, long }) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
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
                  button={at}
                  onPick={onPick}
                />
              ))}
            </tr>
          ))}
        </tbody>
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
