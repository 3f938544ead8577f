import { Button, Card, SearchField, SelectField, Skeleton } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { typeWord } from '../data.ts'
import type { Named } from '../plan.ts'
import type { PlanPartProps } from './plan-form.tsx'
import { PlanPeople } from './plan-people.tsx'
import css from './plan.module.css'

type Invitable = ReplyOf<'meetings.invitable'>['items'][number]

/** Who is invited: whole areas, single units, people by name. */
export function PlanInvitees({ plan, change }: PlanPartProps) {
  return (
    <Card title={t('meetings.form.who')}>
      <Chosen plan={plan} change={change} />
      {plan.areas.length > 0 && <AreaTypes plan={plan} change={change} />}
      <UnitBrowser plan={plan} change={change} />
      <PlanPeople plan={plan} change={change} />
    </Card>
  )
}

function Chosen({ plan, change }: PlanPartProps) {
  const { areas, units, people } = plan
  const without = <T extends Named>(list: readonly T[], id: string): T[] => list.filter((one) => one.id !== id)
  if (areas.length + units.length + people.length === 0) return <p className={css.soft}>{t('meetings.form.whoHint')}</p>
  return (
    <ul className={css.chips} aria-label={t('meetings.form.chosen')}>
      {areas.map((area) => (
        <Chip
          key={area.id}
          text={
            area.units === undefined
              ? t('meetings.form.areaOf', { name: area.name })
              : t('meetings.form.areaCounted', { name: area.name, count: area.units })
          }
          onRemove={() => change({ areas: without(areas, area.id) })}
        />
      ))}
      {units.map((unit) => (
        <Chip key={unit.id} text={unit.name} onRemove={() => change({ units: without(units, unit.id) })} />
      ))}
      {people.map((one) => (
        <Chip key={one.id} text={one.name} onRemove={() => change({ people: without(people, one.id) })} />
      ))}
    </ul>
  )
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li className={css.chip}>
      <span>{text}</span>
      <Button look="quiet" small icon="x" iconOnly onClick={onRemove}>
        {t('meetings.form.remove', { name: text })}
      </Button>
    </li>
  )
}

/** Of an area all units, or its stations alone. */
function AreaTypes({ plan, change }: PlanPartProps) {
  const stations = ['commune_station'] as const
  const key = plan.areaTypes.join(' ')
  const value = key === '' ? 'all' : key === 'commune_station' ? 'stations' : 'kept'
  const choose = (next: string): void =>
    change({ areaTypes: next === 'all' ? [] : next === 'stations' ? [...stations] : plan.areaTypes })
  return (
    <SelectField label={t('meetings.form.areaTypes')} value={value} onText={choose}>
      <option value="all">{t('meetings.form.areaAll')}</option>
      <option value="stations">{t('meetings.form.areaStations')}</option>
      {value === 'kept' && <option value="kept">{plan.areaTypes.map(typeWord).join(', ')}</option>}
    </SelectField>
  )
}

/** The tree: look for a name, or go down from where the organiser stands. */
function useUnits(organiserId: string | undefined) {
  const [query, setQuery] = useState('')
  const [trail, setTrail] = useState<Named[]>([])
  const q = useDeferredValue(query.trim())
  const parentId = trail.at(-1)?.id ?? organiserId
  const read = useQuery<ReplyOf<'meetings.invitable'>, Error>({
    ...queryFor('meetings.invitable', { query: q === '' && parentId !== undefined ? { parentId } : { q } }),
    placeholderData: keepPreviousData,
  })
  return { query, setQuery, trail, setTrail, ...read }
}

const shown = 30

function UnitBrowser({ plan, change }: PlanPartProps) {
  const { query, setQuery, trail, setTrail, data, error } = useUnits(plan.organiser?.id)
  const goInto = (unit: Named): void => {
    setQuery('')
    setTrail((before) => [...before, unit])
  }
  return (
    <div className={css.browser}>
      <SearchField
        label={t('meetings.form.find')}
        hint={t('meetings.form.findHint')}
        value={query}
        onText={setQuery}
        clearLabel={t('do.clear')}
      />
      {query === '' && trail.length > 0 && (
        <Button small look="quiet" icon="arrow-left" onClick={() => setTrail((before) => before.slice(0, -1))}>
          {t('meetings.form.up', { name: trail.at(-1)?.name ?? '' })}
        </Button>
      )}
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton label={t('state.loading')} lines={3} />}
      {data && <Found items={data.items} plan={plan} change={change} onInto={goInto} />}
    </div>
  )
}

type FoundProps = PlanPartProps & { items: readonly Invitable[]; onInto: (unit: Named) => void }

function Found({ items, plan, change, onInto }: FoundProps) {
  if (items.length === 0) return <p className={css.soft}>{t('meetings.form.noUnits')}</p>
  return (
    <>
      <ul className={css.units} aria-label={t('meetings.form.unitsFound')}>
        {items.slice(0, shown).map((unit) => (
          <UnitLine key={unit.id} unit={unit} plan={plan} change={change} onInto={() => onInto(unit)} />
        ))}
      </ul>
      {items.length > shown && <p className={css.soft}>{t('meetings.form.narrow', { count: items.length - shown })}</p>}
    </>
  )
}

function UnitLine({ unit, plan, change, onInto }: PlanPartProps & { unit: Invitable; onInto: () => void }) {
  const { id, name, units } = unit
  const whole = plan.areas.some((area) => area.id === id)
  const single = plan.units.some((one) => one.id === id)
  const toggleArea = (): void =>
    change({ areas: whole ? plan.areas.filter((one) => one.id !== id) : [...plan.areas, { id, name, units }] })
  const toggleUnit = (): void =>
    change({ units: single ? plan.units.filter((one) => one.id !== id) : [...plan.units, { id, name }] })
  return (
    <li className={css.unit}>
      <span className={css.unitText}>
        <strong>{name}</strong>
        <span className={css.soft}>{[typeWord(unit.type), unit.parentName].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={css.unitActions}>
        <Button small icon={single ? 'check' : 'plus'} aria-pressed={single} onClick={toggleUnit}>
          {t(units > 1 ? 'meetings.form.thisUnit' : 'meetings.form.invite')}
        </Button>
        {units > 1 && (
          <>
            <Button small icon={whole ? 'check' : 'tree'} aria-pressed={whole} onClick={toggleArea}>
              {t('meetings.form.wholeArea', { count: units })}
            </Button>
            <Button small look="quiet" icon="chevron" iconOnly onClick={onInto}>
              {t('meetings.form.into', { name })}
            </Button>
          </>
        )}
      </span>
    </li>
  )
}
