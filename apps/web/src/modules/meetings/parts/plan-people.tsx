import { Button, SearchField } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { PlanPartProps } from './plan-form.tsx'
import css from './plan.module.css'

type Person = ReplyOf<'meetings.invitablePeople'>['items'][number]

/** One letter is in half of all names. */
const shortest = 2

/** People invited by name besides units, e.g. a speaker of another hospital. */
export function PlanPeople({ plan, change }: PlanPartProps) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const asked = q.length >= shortest
  const { data, error } = useQuery<ReplyOf<'meetings.invitablePeople'>, Error>({
    ...queryFor('meetings.invitablePeople', { query: { q } }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  return (
    <div className={css.browser}>
      <SearchField
        label={t('meetings.form.findPerson')}
        hint={t('meetings.form.findPersonHint')}
        value={query}
        onText={setQuery}
        clearLabel={t('do.clear')}
      />
      {asked && <ProblemNotice error={error} />}
      {asked && data && <People people={data.items} plan={plan} change={change} />}
    </div>
  )
}

function People({ people, plan, change }: PlanPartProps & { people: readonly Person[] }) {
  if (people.length === 0) return <p className={css.soft}>{t('meetings.form.noPeople')}</p>
  const toggle = ({ id, name }: Person): void => {
    const without = plan.people.filter((one) => one.id !== id)
    change({ people: without.length < plan.people.length ? without : [...plan.people, { id, name }] })
  }
  return (
    <ul className={css.units} aria-label={t('meetings.form.peopleFound')}>
      {people.map((person) => {
        const invited = plan.people.some((one) => one.id === person.id)
        return (
          <li key={person.id} className={css.unit}>
            <span className={css.unitText}>
              <strong>{person.name}</strong>
              <span className={css.soft}>{[person.title, person.unitName].filter(Boolean).join(' · ')}</span>
            </span>
            <Button small icon={invited ? 'check' : 'plus'} aria-pressed={invited} onClick={() => toggle(person)}>
              {t('meetings.form.invite')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
