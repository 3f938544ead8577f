import { Button, DateField, Dialog, EmptyState, isDay, Skeleton, Stack, StatusTag, TextField } from '@moinha/ui'
import { type SubmitEvent, useId, useState } from 'react'
import { newId, refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, localDay, t } from '../../../platform/i18n/index.ts'
import type { Pilot } from '../pilots.ts'
import css from './unit-pilots.module.css'

interface Draft {
  documentNo: string
  title: string
  icd10: string
  from: string
  /** The last day on which it holds. */
  lastDay: string
  quota: string
}

/** `E05; J30 - J39` as typed → the codes and ranges. */
const codesOf = (text: string): string[] =>
  text
    .split(/[;,]/)
    .map((one) => one.trim())
    .filter(Boolean)

const dayAfter = (day: string): string =>
  isDay(day) ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : day

function usePilot(facilityId: string, onClose: () => void) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<Draft>(() => ({
    documentNo: '',
    title: '',
    icd10: '',
    from: localDay(),
    lastDay: '',
    quota: '',
  }))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  const sending = useSend('records.addPilot', { after: () => refresh('records.') })
  const save = async (): Promise<void> => {
    const { documentNo, title, icd10, from, lastDay, quota } = draft
    const body = { facilityId, documentNo, title, icd10: codesOf(icd10), from, until: dayAfter(lastDay) }
    if (await sending.run({ params: { id }, body: { ...body, quota: Number(quota) } })) onClose()
  }
  return { draft, set, sending, save }
}

const isWhole = ({ documentNo, title, icd10, from, lastDay, quota }: Draft): boolean =>
  [documentNo, title].every((text) => text.trim() !== '') &&
  codesOf(icd10).length > 0 &&
  isDay(from) &&
  isDay(lastDay) &&
  /^[1-9]\d{0,4}$/.test(quota)

interface FieldsProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
}

function PilotFields({ draft, set }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('records.pilot.documentNo')}
        value={draft.documentNo}
        onText={(documentNo) => set({ documentNo })}
        maxLength={80}
        required
      />
      <TextField
        label={t('records.pilot.name')}
        value={draft.title}
        onText={(title) => set({ title })}
        maxLength={200}
        required
      />
      <TextField
        label={t('records.pilot.icd10')}
        hint={t('records.pilot.icd10Hint')}
        value={draft.icd10}
        onText={(icd10) => set({ icd10 })}
        required
      />
      <DateField label={t('records.pilot.from')} value={draft.from} onText={(from) => set({ from })} required />
      <DateField
        label={t('records.pilot.lastDay')}
        value={draft.lastDay}
        onText={(lastDay) => set({ lastDay })}
        required
      />
      <TextField
        label={t('records.pilot.quota')}
        hint={t('records.pilot.quotaHint')}
        inputMode="numeric"
        value={draft.quota}
        onText={(quota) => set({ quota })}
        maxLength={5}
        required
      />
    </>
  )
}

/** A new pilot approval; it is not changed afterwards, only ended. */
export function PilotForm({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const { draft, set, sending, save } = usePilot(facilityId, onClose)
  const form = useId()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    void save()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.pilot.add')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" type="submit" form={form} busy={sending.busy} disabled={!isWhole(draft)}>
          {t('do.save')}
        </Button>
      }
    >
      <form id={form} onSubmit={submit}>
        <Stack gap={4}>
          <PilotFields draft={draft} set={set} />
          <ProblemNotice error={sending.problem} />
        </Stack>
      </form>
    </Dialog>
  )
}

interface OfPilotProps {
  pilot: Pilot
  onClose: () => void
}

/** Ends an approval before its time. */
export function EndPilot({ pilot, onClose }: OfPilotProps) {
  const [on, setOn] = useState(localDay())
  const sending = useSend('records.endPilot', { after: () => refresh('records.') })
  const end = async (): Promise<void> => {
    if (await sending.run({ params: { id: pilot.id }, body: { on } })) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.pilot.endTitle', { title: pilot.title })}
      closeLabel={t('do.close')}
      actions={
        <Button look="danger" busy={sending.busy} disabled={!isDay(on)} onClick={() => void end()}>
          {t('records.pilot.end')}
        </Button>
      }
    >
      <Stack gap={4}>
        <p>{t('records.pilot.endText')}</p>
        <DateField label={t('records.pilot.endOn')} value={on} onText={setOn} required />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}

/** What was counted: when and by whom; whose treatment it was is not told. */
export function PilotUses({ pilot, onClose }: OfPilotProps) {
  const { data, error } = useRead('records.pilotUses', { params: { id: pilot.id } })
  return (
    <Dialog open onClose={onClose} title={t('records.pilot.usesTitle')} closeLabel={t('do.close')}>
      <p>{t('records.pilot.usesText', { used: pilot.used, quota: pilot.quota })}</p>
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton label={t('state.loading')} lines={3} />}
      {data?.items.length === 0 && <EmptyState picture="letter" title={t('records.pilot.noUses')} />}
      <ul className={css.lines}>
        {data?.items.map((use) => (
          <li key={use.id} className={css.line}>
            <span>
              {formatDateTime(use.takenAt)} · {use.practitionerName}
            </span>
            {use.givenBackAt && <StatusTag tone="info">{t('records.pilot.givenBack')}</StatusTag>}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
