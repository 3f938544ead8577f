import { Button, Card, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { codeName, type Unit } from '../data.ts'
import { endAfter, lastDayOf, SpanFields, spanText } from './dates.tsx'
import css from './facts.module.css'
import { FormDialog } from './form-dialog.tsx'
import { TakeBack } from './link-form.tsx'
import { PopulationForm, Populations } from './unit-populations.tsx'

type Identifier = Unit['identifiers'][number]

const saved = async (onClose: () => void): Promise<void> => {
  await refresh('facilities.')
  toast({ text: t('state.saved') })
  onClose()
}

const draftOf = (row: Identifier | null) =>
  row
    ? { system: row.system, value: row.value, from: row.from, lastDay: lastDayOf(row.to), source: row.source ?? '' }
    : { system: '', value: '', from: '', lastDay: '', source: '' }

type IdentifierDraft = ReturnType<typeof draftOf>

interface IdentifierFieldsProps {
  draft: IdentifierDraft
  set: (change: Partial<IdentifierDraft>) => void
}

function IdentifierFields({ draft, set }: IdentifierFieldsProps) {
  return (
    <>
      <TextField
        label={t('facilities.identifier.system')}
        hint={t('facilities.identifier.systemHint')}
        value={draft.system}
        onText={(system) => set({ system })}
        maxLength={80}
        required
      />
      <TextField
        label={t('facilities.identifier.value')}
        value={draft.value}
        onText={(value) => set({ value })}
        maxLength={80}
        required
      />
      <SpanFields draft={draft} set={set} />
    </>
  )
}

function useIdentifier(unitId: string, row: Identifier | null, onClose: () => void) {
  const [rowId] = useState(() => row?.id ?? newId())
  const [draft, setDraft] = useState(() => draftOf(row))
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }))
  const save = useSend('facilities.saveIdentifier')
  const remove = useSend('facilities.removeIdentifier')
  const submit = async (): Promise<void> => {
    const { lastDay, ...rest } = draft
    if (await save.run({ params: { id: unitId, rowId }, body: { ...rest, to: endAfter(lastDay) } }))
      await saved(onClose)
  }
  const takeBack = async (): Promise<void> => {
    if (await remove.run({ params: { id: unitId, rowId } })) await saved(onClose)
  }
  return { draft, set, save, remove, submit, takeBack }
}

function IdentifierForm({ unit, row, onClose }: { unit: Unit; row: Identifier | null; onClose: () => void }) {
  const { draft, set, save, remove, submit, takeBack } = useIdentifier(unit.id, row, onClose)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(row ? 'facilities.identifier.edit' : 'facilities.identifier.add')}
      onSubmit={() => void submit()}
      busy={save.busy}
      problem={save.problem ?? remove.problem}
      disabled={draft.system === '' || draft.value === '' || draft.from === ''}
      extra={row && <TakeBack busy={remove.busy} onTakeBack={() => void takeBack()} />}
    >
      <IdentifierFields draft={draft} set={set} />
    </FormDialog>
  )
}

function Successions({ unit }: { unit: Unit }) {
  const rows = [
    ...unit.predecessors.map((other) => ({ other, side: 'before' as const })),
    ...unit.successors.map((other) => ({ other, side: 'after' as const })),
  ]
  if (rows.length === 0) return <p className={css.missing}>{t('facilities.history.noSuccession')}</p>
  return (
    <ul className={css.lines}>
      {rows.map(({ other, side }) => (
        <li key={`${side} ${other.id}`} className={css.line}>
          <div className={css.what}>
            <span>
              {t(`facilities.history.${side}`)} <a href={`/work/units/${other.id}`}>{other.name}</a>
            </span>
            <span className={css.tags}>
              {codeName('succession', other.kind)} · {formatDate(other.onDate)}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Placements({ unit }: { unit: Unit }) {
  return (
    <Card title={t('facilities.history.placements')}>
      <ul className={css.lines}>
        {unit.placements.map((row) => (
          <li key={row.from} className={css.line}>
            <div className={css.what}>
              {row.parentId ? (
                <a href={`/work/units/${row.parentId}`}>{row.parentName}</a>
              ) : (
                t('facilities.history.root')
              )}
              <span className={css.tags}>{spanText(row.from, row.to)}</span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface IdentifiersProps {
  unit: Unit
  onEdit: (row: Identifier | 'new') => void
}

function Identifiers({ unit, onEdit }: IdentifiersProps) {
  const add = (
    <Button icon="plus" onClick={() => onEdit('new')}>
      {t('facilities.identifier.add')}
    </Button>
  )
  return (
    <Card title={t('facilities.identifier.title')} actions={unit.mayManage && add}>
      {unit.identifiers.length === 0 && <p className={css.missing}>{t('facilities.identifier.none')}</p>}
      <ul className={css.lines}>
        {unit.identifiers.map((row) => (
          <li key={row.id} className={css.line}>
            <div className={css.what}>
              <strong>{row.value}</strong>
              <span className={css.tags}>
                {row.system} · {spanText(row.from, row.to)}
              </span>
            </div>
            {unit.mayManage && (
              <Button small icon="edit" onClick={() => onEdit(row)}>
                {t('do.edit')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Everything with dates: where the unit stood, whom it followed, which codes it bore, how many people it serves. */
export function UnitHistory({ unit }: { unit: Unit }) {
  const [editing, setEditing] = useState<Identifier | 'new' | 'population' | null>(null)
  const close = () => setEditing(null)
  return (
    <Stack gap={4}>
      <Placements unit={unit} />
      <Card title={t('facilities.history.successions')}>
        <Successions unit={unit} />
      </Card>
      <Identifiers unit={unit} onEdit={setEditing} />
      <Populations unit={unit} onAdd={() => setEditing('population')} />
      {editing === 'population' && <PopulationForm unit={unit} onClose={close} />}
      {editing && editing !== 'population' && (
        <IdentifierForm unit={unit} row={editing === 'new' ? null : editing} onClose={close} />
      )}
    </Stack>
  )
}
