import { Button, CheckboxField, isTime, TimeField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { codeName } from '../data.ts'
import css from './weekly-hours.module.css'

/** The same times on several days of the week. */
export interface Stretch {
  days: readonly number[]
  from: string
  to: string
}

const workDays = [1, 2, 3, 4, 5]
const everyDay = [...workDays, 6, 7]

/** Where most begin: the office hours of a station. */
export const officeHours: readonly Stretch[] = [
  { days: workDays, from: '07:00', to: '11:30' },
  { days: workDays, from: '13:30', to: '17:00' },
]

interface Hours {
  weekday: number
  from: string
  to: string
}

/** One row per day; what is half typed or has no day is left out, midnight is the end of the day. */
export function toHours(stretches: readonly Stretch[]): Hours[] {
  return stretches.flatMap(({ days, from, to }) =>
    isTime(from) && isTime(to) ? days.map((weekday) => ({ weekday, from, to: to === '00:00' ? '24:00' : to })) : [],
  )
}

interface StretchProps {
  stretch: Stretch
  no: number
  onChange: (stretch: Stretch) => void
  onRemove: (() => void) | undefined
}

function StretchFields({ stretch, no, onChange, onRemove }: StretchProps) {
  const { days, from, to } = stretch
  const toggle = (day: number, on: boolean): void =>
    onChange({ ...stretch, days: on ? [...days, day].sort() : days.filter((one) => one !== day) })
  return (
    <fieldset className={css.stretch}>
      <legend>{t('facilities.hours.stretch', { no })}</legend>
      <div className={css.days}>
        {everyDay.map((day) => (
          <CheckboxField
            key={day}
            label={codeName('weekday', String(day))}
            checked={days.includes(day)}
            onToggle={(on) => toggle(day, on)}
          />
        ))}
      </div>
      <div className={css.times}>
        <TimeField
          label={t('facilities.hours.from')}
          value={from}
          onText={(next) => onChange({ ...stretch, from: next })}
        />
        <TimeField label={t('facilities.hours.to')} value={to} onText={(next) => onChange({ ...stretch, to: next })} />
      </div>
      {onRemove && (
        <Button small look="quiet" onClick={onRemove}>
          {t('facilities.hours.remove')}
        </Button>
      )}
    </fieldset>
  )
}

interface WeeklyHoursProps {
  stretches: readonly Stretch[]
  onChange: (stretches: readonly Stretch[]) => void
}

/** Weekly hours as stretches that several days share. */
export function WeeklyHours({ stretches, onChange }: WeeklyHoursProps) {
  const change = (at: number, next: Stretch): void =>
    onChange(stretches.map((one, index) => (index === at ? next : one)))
  return (
    <section className={css.hours} aria-label={t('facilities.hours.title')}>
      <h3>{t('facilities.hours.title')}</h3>
      <p className={css.soft}>{t('facilities.hours.hint')}</p>
      {stretches.map((stretch, at) => (
        <StretchFields
          key={at}
          no={at + 1}
          stretch={stretch}
          onChange={(next) => change(at, next)}
          onRemove={stretches.length > 1 ? () => onChange(stretches.filter((_, index) => index !== at)) : undefined}
        />
      ))}
      <Button small icon="plus" onClick={() => onChange([...stretches, { days: [6], from: '07:00', to: '11:30' }])}>
        {t('facilities.hours.add')}
      </Button>
    </section>
  )
}
