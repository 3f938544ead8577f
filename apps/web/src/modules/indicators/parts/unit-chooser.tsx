import { Button, Dialog, Icon, List, ListRow, SearchField } from '@moinha/ui'
import { useDeferredValue, useState } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { askFor, useReportUnits } from '../data.ts'
import css from './annex.module.css'

function Finder({ onChosen }: { onChosen: () => void }) {
  const [text, setText] = useState('')
  const { data, error } = useReportUnits(useDeferredValue(text))
  const choose = (unit: string): void => {
    askFor({ unit, row: null })
    onChosen()
  }
  return (
    <>
      <SearchField
        label={t('indicators.unit.find')}
        hint={t('indicators.unit.hint')}
        value={text}
        onText={setText}
        clearLabel={t('do.clear')}
        autoComplete="off"
        autoFocus
      />
      <ProblemNotice error={error} />
      {data?.items.length === 0 && <p>{t('indicators.unit.none')}</p>}
      <div className={css.units}>
        <List label={t('indicators.unit.find')}>
          {data?.items.map((unit) => (
            <ListRow key={unit.id} title={unit.name} detail={unit.parentName} onOpen={() => choose(unit.id)} />
          ))}
        </List>
      </div>
    </>
  )
}

/** Whose report: the name of the unit, and a way to another. */
export function UnitChooser({ name }: { name: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={css.unit} onClick={() => setOpen(true)}>
        <span className={css.unitText}>
          <span className={css.soft}>{t('indicators.unit.label')}</span>
          <strong>{name}</strong>
        </span>
        <span className={css.unitChange}>
          <Icon name="search" size={1.2} />
          {t('indicators.unit.change')}
        </span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('indicators.unit.title')} closeLabel={t('do.close')}>
        {open && <Finder onChosen={() => setOpen(false)} />}
      </Dialog>
    </>
  )
}

/** Which quarter: one back, one on. */
export function QuarterChooser({
  name,
  onStep,
  atEnd,
}: {
  name: string
  onStep: (by: number) => void
  atEnd: boolean
}) {
  return (
    <div className={css.quarter} role="group" aria-label={t('indicators.period')}>
      <Button icon="arrow-left" iconOnly onClick={() => onStep(-1)}>
        {t('indicators.previous')}
      </Button>
      <strong aria-live="polite">{name}</strong>
      <Button icon="arrow-right" iconOnly disabled={atEnd} onClick={() => onStep(1)}>
        {t('indicators.next')}
      </Button>
    </div>
  )
}
