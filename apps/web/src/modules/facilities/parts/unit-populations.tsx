import { Button, Card, type Column, Table, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { formatNumber, localDay, t } from '../../../platform/i18n/index.ts'
import type { Unit } from '../data.ts'
import css from './facts.module.css'
import { FormDialog } from './form-dialog.tsx'

const newPopulation = () => ({ year: localDay().slice(0, 4), population: '', grown: '', source: '' })

type PopulationDraft = ReturnType<typeof newPopulation>

const count = { inputMode: 'numeric', pattern: '[0-9]*', maxLength: 9 } as const

interface PopulationFieldsProps {
  draft: PopulationDraft
  set: (change: Partial<PopulationDraft>) => void
}

function CountInputs({ draft, set }: PopulationFieldsProps) {
  return (
    <>
      <TextField
        label={t('facilities.population.all')}
        value={draft.population}
        onText={(population) => set({ population })}
        {...count}
        required
      />
      <TextField
        label={t('facilities.population.grown')}
        optionalMark={t('field.optional')}
        value={draft.grown}
        onText={(grown) => set({ grown })}
        {...count}
      />
    </>
  )
}

function PopulationFields({ draft, set }: PopulationFieldsProps) {
  return (
    <>
      <TextField
        label={t('facilities.population.year')}
        value={draft.year}
        onText={(year) => set({ year })}
        inputMode="numeric"
        pattern="[0-9]{4}"
        maxLength={4}
        required
      />
      <CountInputs draft={draft} set={set} />
      <TextField
        label={t('facilities.field.source')}
        value={draft.source}
        onText={(source) => set({ source })}
        maxLength={300}
        required
      />
    </>
  )
}

/** How many people the unit served in a year, and by which paper. */
export function PopulationForm({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const [draft, setDraft] = useState(newPopulation)
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }))
  const sending = useSend('facilities.savePopulation')
  const saved = async (): Promise<void> => {
    await refresh('facilities.')
    toast({ text: t('state.saved') })
    onClose()
  }
  const submit = async (): Promise<void> => {
    const body = {
      population: Number(draft.population),
      population16Plus: draft.grown === '' ? null : Number(draft.grown),
      source: draft.source,
    }
    if (await sending.run({ params: { id: unit.id, year: draft.year }, body })) await saved()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.population.add')}
      onSubmit={() => void submit()}
      busy={sending.busy}
      problem={sending.problem}
      disabled={draft.population === '' || draft.source === ''}
    >
      <PopulationFields draft={draft} set={set} />
    </FormDialog>
  )
}

const populationColumns = (): readonly Column<Unit['populations'][number]>[] => [
  { key: 'year', title: t('facilities.population.year'), cell: (row) => row.year },
  { key: 'all', title: t('facilities.population.all'), cell: (row) => formatNumber(row.population), number: true },
  {
    key: 'grown',
    title: t('facilities.population.grown'),
    cell: (row) => (row.population16Plus === null ? '' : formatNumber(row.population16Plus)),
    number: true,
  },
  { key: 'source', title: t('facilities.field.source'), cell: (row) => row.source },
]

/** People served, by year. */
export function Populations({ unit, onAdd }: { unit: Unit; onAdd: () => void }) {
  return (
    <Card
      title={t('facilities.population.title')}
      actions={
        unit.mayManage && (
          <Button icon="plus" onClick={onAdd}>
            {t('facilities.population.add')}
          </Button>
        )
      }
    >
      {unit.populations.length === 0 ? (
        <p className={css.missing}>{t('facilities.population.none')}</p>
      ) : (
        <Table
          caption={t('facilities.population.title')}
          rows={unit.populations}
          rowKey={(row) => String(row.year)}
          columns={populationColumns()}
        />
      )}
    </Card>
  )
}
