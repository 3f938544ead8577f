import { Icon } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import {
  formatDayMonth,
  formatNumber,
  formatTime,
  formatWeekday,
  localDay,
  t,
  wordFor,
} from '../../../platform/i18n/index.ts'
import { addDays, hoursOf, teamName, today, type Shift, type Week } from '../data.ts'
import type { Editing } from './shift-dialog.tsx'
import css from './week-grid.module.css'

const hourMs = 3_600_000

interface GridProps {
  week: Week
  onOpen: (editing: Editing) => void
}

/** A row per team, a column per day; hours nobody covers stand in red. A phone shows one day at a time. */
export function WeekGrid({ week, onOpen }: GridProps) {
  const days = Array.from({ length: 7 }, (_, at) => addDays(week.from, at))
  const [day, setDay] = useState<string | null>(null)
  const chosen = day !== null && days.includes(day) ? day : days.includes(today()) ? today() : week.from
  return (
    <>
      <DayPicker days={days} chosen={chosen} onChoose={setDay} />
      <Grid week={week} days={days} chosen={chosen} onOpen={onOpen} />
    </>
  )
}

interface DayPickerProps {
  days: readonly string[]
  chosen: string
  onChoose: (day: string) => void
}

function DayPicker({ days, chosen, onChoose }: DayPickerProps) {
  return (
    <div className={css.days} role="group" aria-label={t('roster.shift.day')}>
      {days.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={day === chosen}
          aria-label={`${formatWeekday(day)} ${formatDayMonth(day)}`}
          onClick={() => onChoose(day)}
        >
          {formatDayMonth(day).slice(0, 2)}
        </button>
      ))}
    </div>
  )
}

interface ShownDays {
  days: readonly string[]
  chosen: string
}

/** How a day's column is marked: today, and not the one a narrow screen shows. */
const marks = (day: string, chosen: string) => ({
  'data-today': day === today() || undefined,
  'data-other': day !== chosen || undefined,
})

function DayHeads({ days, chosen }: ShownDays) {
  return (
    <thead>
      <tr>
        <th scope="col">{t('roster.grid.team')}</th>
        {days.map((day) => (
          <th key={day} scope="col" {...marks(day, chosen)}>
            {formatWeekday(day)}
            <br />
            <span>{formatDayMonth(day)}</span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function TeamRow({ week, days, chosen, onOpen, team }: GridProps & ShownDays & { team: string | null }) {
  return (
    <tr>
      <th scope="row">
        {teamName(week, team)}
        <GapSum week={week} team={team} />
      </th>
      {days.map((day) => (
        <td key={day} {...marks(day, chosen)}>
          <Cell week={week} team={team} day={day} onOpen={onOpen} />
        </td>
      ))}
    </tr>
  )
}

function Grid(props: GridProps & ShownDays) {
  const { week, days, chosen } = props
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls sideways must be reachable by keyboard
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t('roster.grid.label')}>
      <table className={css.grid}>
        <DayHeads days={days} chosen={chosen} />
        <tbody>
          {week.teams.map((team) => (
            <TeamRow key={team ?? 'lead'} {...props} team={team} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GapSum({ week, team }: { week: Week; team: string | null }) {
  const hours = week.gaps
    .filter((gap) => gap.specialty === team)
    .reduce((sum, gap) => sum + (Date.parse(gap.endsAt) - Date.parse(gap.startsAt)) / hourMs, 0)
  return hours > 0 ? (
    <span className={css.gapSum}>{t('roster.team.gap', { hours: formatNumber(Math.round(hours)) })}</span>
  ) : null
}

function Cell({ week, team, day, onOpen }: GridProps & { team: string | null; day: string }) {
  const shifts = week.shifts.filter((shift) => shift.specialty === team && localDay(new Date(shift.startsAt)) === day)
  const gaps = gapsOfDay(week, team, day)
  return (
    <div className={css.cell}>
      {gaps.map((gap) => (
        <span key={gap.startsAt} className={css.gap}>
          <Icon name="alert" size={1} />
          {gap.whole ? t('roster.team.wholeDay') : `${formatTime(gap.startsAt)}–${formatTime(gap.endsAt)}`}
        </span>
      ))}
      {shifts.map((shift) => (
        <ShiftChip
          key={shift.id}
          shift={shift}
          onOpen={week.mayManage ? () => onOpen({ shift, specialty: team, day }) : null}
        />
      ))}
      {week.mayManage && (
        <button
          type="button"
          className={css.add}
          aria-label={t('roster.shift.addAt', { team: teamName(week, team), day: formatDayMonth(day) })}
          onClick={() => onOpen({ shift: null, specialty: team, day })}
        >
          <Icon name="plus" size={1.1} />
        </button>
      )}
    </div>
  )
}

/** The part of each gap that lies in a day. */
function gapsOfDay(week: Week, team: string | null, day: string) {
  const [start, end] = [Date.parse(`${day}T00:00:00+07:00`), Date.parse(`${day}T00:00:00+07:00`) + 24 * hourMs]
  return week.gaps
    .filter((gap) => gap.specialty === team && Date.parse(gap.startsAt) < end && Date.parse(gap.endsAt) > start)
    .map((gap) => ({
      startsAt: new Date(Math.max(start, Date.parse(gap.startsAt))).toISOString(),
      endsAt: new Date(Math.min(end, Date.parse(gap.endsAt))).toISOString(),
      whole: Date.parse(gap.startsAt) <= start && Date.parse(gap.endsAt) >= end,
    }))
}

function ShiftChip({ shift, onOpen }: { shift: Shift; onOpen: (() => void) | null }) {
  const inside: ReactNode = (
    <>
      <span className={css.name}>
        {shift.rank}. {shift.fullName}
      </span>
      <span className={css.hours}>
        {shift.role === 'backup' ? `${wordFor('roster.role.backup') ?? ''} · ` : ''}
        {hoursOf(shift)}
      </span>
    </>
  )
  return onOpen ? (
    <button type="button" className={css.chip} data-role={shift.role} onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <span className={css.chip} data-role={shift.role}>
      {inside}
    </span>
  )
}
