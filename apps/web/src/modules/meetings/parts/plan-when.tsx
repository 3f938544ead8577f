import { Card, DateField, isDay, SelectField, TimeField } from '@moinha/ui'
import { useEffect } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { lengthWords } from '../data.ts'
import { repeats, repeatWords, suits, type Repeat } from '../repeat.ts'
import type { PlanPartProps } from './plan-form.tsx'
import css from './plan.module.css'

const durations = [30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480]

/** Day, hour, how long, and how it comes again in plain words. */
export function PlanWhen({ plan, change, oneOfSeries }: PlanPartProps & { oneOfSeries: boolean }) {
  const known = durations.includes(Number(plan.duration)) ? durations : [Number(plan.duration), ...durations]
  return (
    <Card title={t('meetings.form.when')}>
      <div className={css.pair}>
        <DateField
          required
          label={t('meetings.form.day')}
          min={localDay()}
          value={plan.day}
          onText={(day) => change({ day, ...(isDay(day) && !suits(plan.repeat, day) && { repeat: 'weekly' }) })}
        />
        <TimeField required label={t('meetings.form.time')} value={plan.time} onText={(time) => change({ time })} />
        <SelectField
          label={t('meetings.form.duration')}
          value={plan.duration}
          onText={(duration) => change({ duration })}
        >
          {known.map((minutes) => (
            <option key={minutes} value={minutes}>
              {lengthWords(minutes)}
            </option>
          ))}
        </SelectField>
      </div>
      {!oneOfSeries && isDay(plan.day) && <Again plan={plan} change={change} />}
    </Card>
  )
}

function Again({ plan, change }: PlanPartProps) {
  const offered = repeats.filter((one) => suits(one, plan.day) && (one !== 'other' || plan.repeat === 'other'))
  return (
    <div className={css.pair}>
      <SelectField
        label={t('meetings.form.repeat')}
        value={plan.repeat}
        onText={(repeat) => change({ repeat: repeat as Repeat })}
      >
        {offered.map((repeat) => (
          <option key={repeat} value={repeat}>
            {repeatWords(repeat, plan.day)}
          </option>
        ))}
      </SelectField>
      {plan.repeat !== 'once' && plan.repeat !== 'other' && (
        <DateField
          label={t('meetings.form.until')}
          optionalMark={t('field.optional')}
          min={plan.day}
          value={plan.until}
          onText={(until) => change({ until })}
        />
      )}
    </div>
  )
}

/** In whose name the meeting is called; most people have one unit and need not choose. */
export function PlanOrganiser({ plan, change }: PlanPartProps) {
  const { data, error } = useRead('meetings.organisers', { query: {} })
  const [first] = data?.items ?? []
  const none = plan.organiser === null
  useEffect(() => {
    if (none && first) change({ organiser: first })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the units arrive
  }, [none, first])
  if (error && !data) return <ProblemNotice error={error} />
  if (!data || data.items.length < 2) return null
  const choose = (id: string): void => change({ organiser: data.items.find((unit) => unit.id === id) ?? null })
  return (
    <SelectField label={t('meetings.form.organiser')} value={plan.organiser?.id ?? ''} onText={choose}>
      {data.items.map((unit) => (
        <option key={unit.id} value={unit.id}>
          {unit.name}
        </option>
      ))}
    </SelectField>
  )
}
