import { Button, RadioGroup, SelectField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, type SupportLink, type Unit, useSpecialties } from '../data.ts'
import { endAfter, lastDayOf, SpanFields } from './dates.tsx'
import { FormDialog } from './form-dialog.tsx'
import { type Picked, UnitPicker } from './unit-picker.tsx'

const phases = ['pilot', 'rollout'] as const
const roles = ['upper_level', 'consult_hospital', 'specialty_support', 'fallback'] as const

interface Draft {
  to: Picked | null
  specialty: string
  phase: (typeof phases)[number]
  rank: number
  role: (typeof roles)[number]
  from: string
  lastDay: string
  source: string
}

const draftOf = (link: SupportLink | null): Draft =>
  link
    ? {
        to: { id: link.toId, name: link.toName },
        specialty: link.specialty ?? '',
        phase: link.phase as Draft['phase'],
        rank: link.rank,
        role: link.role,
        from: link.from,
        lastDay: lastDayOf(link.to),
        source: link.source ?? '',
      }
    : {
        to: null,
        specialty: '',
        phase: 'rollout',
        rank: 1,
        role: 'consult_hospital',
        from: '',
        lastDay: '',
        source: '',
      }

interface DraftProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
}

/** As what, and before or after whom. */
function PlaceInOrder({ draft, set }: DraftProps) {
  return (
    <>
      <SelectField
        label={t('facilities.link.role')}
        value={draft.role}
        onText={(role) => set({ role: role as Draft['role'] })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {codeName('role', role)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('facilities.link.rank')}
        hint={t('facilities.link.rankHint')}
        value={String(draft.rank)}
        onText={(rank) => set({ rank: Number(rank) })}
      >
        {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((rank) => (
          <option key={rank} value={rank}>
            {rank}
          </option>
        ))}
      </SelectField>
    </>
  )
}

function LinkFields({ unit, draft, set }: { unit: Unit; draft: Draft; set: (change: Partial<Draft>) => void }) {
  const specialties = useSpecialties()
  return (
    <>
      <UnitPicker label={t('facilities.link.to')} picked={draft.to} onPick={(to) => set({ to })} except={unit.id} />
      <SelectField
        label={t('facilities.link.specialty')}
        value={draft.specialty}
        onText={(specialty) => set({ specialty })}
      >
        <option value="">{t('facilities.link.everySpecialty')}</option>
        {specialties.map((one) => (
          <option key={one.code} value={one.code}>
            {one.name}
          </option>
        ))}
      </SelectField>
      <PlaceInOrder draft={draft} set={set} />
      <RadioGroup
        label={t('facilities.link.phase')}
        columns
        choices={phases.map((value) => ({ value, label: codeName('phase', value) }))}
        value={draft.phase}
        onChoose={(phase) => set({ phase })}
      />
      <SpanFields draft={draft} set={set} />
    </>
  )
}

function useLinkDraft(link: SupportLink | null) {
  const [rowId] = useState(() => link?.id ?? newId())
  // of what the form began with, not of what was read since
  const [version] = useState(link?.version ?? 0)
  const [draft, setDraft] = useState(() => draftOf(link))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  return { rowId, version, draft, set }
}

/** Keeps the link or takes it back, then closes. */
function useLinkSending(
  unitId: string,
  { rowId, version, draft }: ReturnType<typeof useLinkDraft>,
  onClose: () => void,
) {
  // refused too: who opens the form again begins with what stands now
  const after = () => refresh('facilities.')
  const save = useSend('facilities.saveSupportLink', { after })
  const remove = useSend('facilities.removeSupportLink', { after })
  const params = { id: unitId, rowId }
  const finish = (done: unknown): void => {
    if (!done) return
    toast({ text: t('state.saved') })
    onClose()
  }
  const submit = async (): Promise<void> => {
    if (!draft.to) return
    const { to, lastDay, specialty, ...rest } = draft
    const body = { ...rest, version, toId: to.id, specialty: specialty || null, to: endAfter(lastDay) }
    finish(await save.run({ params, body }))
  }
  const takeBack = async (): Promise<void> => finish(await remove.run({ params }))
  return { save, remove, submit, takeBack }
}

export function TakeBack({ busy, onTakeBack }: { busy: boolean; onTakeBack: () => void }) {
  return (
    <Button look="quiet" icon="trash" busy={busy} onClick={onTakeBack}>
      {t('facilities.link.takeBack')}
    </Button>
  )
}

/** Adds, corrects or ends who is asked; `link` null adds. */
export function LinkForm({ unit, link, onClose }: { unit: Unit; link: SupportLink | null; onClose: () => void }) {
  const editing = useLinkDraft(link)
  const { save, remove, submit, takeBack } = useLinkSending(unit.id, editing, onClose)
  const { draft, set } = editing
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(link ? 'facilities.link.edit' : 'facilities.link.add')}
      onSubmit={() => void submit()}
      busy={save.busy}
      problem={save.problem ?? remove.problem}
      disabled={!draft.to || draft.from === ''}
      extra={link && <TakeBack busy={remove.busy} onTakeBack={() => void takeBack()} />}
    >
      <LinkFields unit={unit} draft={draft} set={set} />
    </FormDialog>
  )
}
