import { Button, DateField, Row, SelectField } from '@moinha/ui'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { setSearch } from '../../../platform/router/index.ts'
import { actionText, type Filters, knownActions } from '../data.ts'
import css from './access-log.module.css'

const outcomes = ['done', 'refused'] as const
const cleared = { action: null, outcome: null, from: null, to: null, actorId: null, patientId: null }

interface FiltersProps {
  filters: Filters
}

function OutcomeChoice({ filters }: FiltersProps) {
  return (
    <SelectField
      label={t('audit.result')}
      value={filters.outcome ?? ''}
      onText={(outcome) => setSearch({ outcome: outcome || null })}
    >
      <option value="">{t('audit.result.any')}</option>
      {outcomes.map((one) => (
        <option key={one} value={one}>
          {t(`audit.result.${one}`)}
        </option>
      ))}
    </SelectField>
  )
}

function ActionChoice({ filters }: FiltersProps) {
  const actions = [...knownActions].sort((a, b) => actionText(a).localeCompare(actionText(b), 'vi'))
  return (
    <SelectField
      label={t('audit.actionField')}
      value={filters.action ?? ''}
      onText={(action) => setSearch({ action: action || null })}
    >
      <option value="">{t('audit.action.any')}</option>
      {actions.map((one) => (
        <option key={one} value={one}>
          {actionText(one)}
        </option>
      ))}
    </SelectField>
  )
}

/** Whose lines alone are shown, and the way back to all. */
function Chosen({ filters }: FiltersProps) {
  if (Object.values(filters).every((value) => value === undefined)) return null
  return (
    <Row>
      {filters.actorId && <span className={css.only}>{t('audit.only', { what: t('audit.onlyPerson') })}</span>}
      {filters.patientId && <span className={css.only}>{t('audit.only', { what: t('audit.onlyPatient') })}</span>}
      <Button small look="quiet" icon="x" onClick={() => setSearch(cleared)}>
        {t('audit.clear')}
      </Button>
    </Row>
  )
}

/** Days, result and action to choose from; a person or a patient is chosen by their name in the list. */
export function EntryFilters({ filters }: FiltersProps) {
  return (
    <form className={css.filters} aria-label={t('audit.filters')} onSubmit={(event) => event.preventDefault()}>
      <DateField
        label={t('audit.from')}
        max={filters.to ?? localDay()}
        value={filters.from ?? ''}
        onText={(from) => setSearch({ from: from || null })}
      />
      <DateField
        label={t('audit.to')}
        max={localDay()}
        value={filters.to ?? ''}
        onText={(to) => setSearch({ to: to || null })}
      />
      <OutcomeChoice filters={filters} />
      <ActionChoice filters={filters} />
      <Chosen filters={filters} />
    </form>
  )
}
