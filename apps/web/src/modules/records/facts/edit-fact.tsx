import { Button, Dialog, SelectField, TextField } from '@moinha/ui'
import type { Fact } from '@moinha/contracts/records'
import { useState } from 'react'
import { refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { currentOf, MeanwhileNotice, useEditing, useMet } from '../../../platform/editing/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import { FactFields } from './fact-fields.tsx'
import { factOf, type FactForm, formOf, isFactWhole, statusOf } from './fact-form.ts'
import { factTitle } from './fact-text.ts'
import css from './facts.module.css'
import { tellWarnings } from './use-facts.ts'

const statuses = ['active', 'resolved', 'entered_in_error']

const labels = (): Record<keyof FactForm, string> => ({
  status: t('records.fact.field.status'),
  display: t('records.fact.field.name'),
  code: t('records.fact.field.code'),
  inn: t('records.fact.field.inn'),
  atc: t('records.fact.field.code'),
  reaction: t('records.fact.field.reaction'),
  criticality: t('records.fact.field.criticality'),
  dosage: t('records.fact.field.dosage'),
  startedOn: t('records.fact.field.startedOn'),
  endedOn: t('records.fact.field.endedOn'),
  lastPeriodOn: t('records.fact.field.lastPeriodOn'),
  outcome: t('records.fact.field.outcome'),
  note: t('records.fact.field.note'),
})

function readable(key: keyof FactForm, value: string): string {
  if (value === '') return ''
  if (/On$/.test(key)) return formatDate(value)
  if (key === 'status') return named('factStatus', value)
  if (key === 'criticality') return named('criticality', value)
  return key === 'outcome' ? named('pregnancyOutcome', value) : value
}

interface EditProps {
  fact: Fact
  onClose: () => void
}

const baseOf = (fact: Fact) => ({ version: fact.version, fields: formOf(fact) })

/** A change while it is typed, and its sending; `current` is what another wrote in between. */
function useChanging({ fact, onClose }: EditProps) {
  const editing = useEditing<FactForm, number>(baseOf(fact))
  const [reason, setReason] = useState('')
  const sending = useSend('records.changeFact')
  const current = currentOf<Fact>(sending.problem)
  const finish = async (): Promise<void> => {
    onClose()
    await refresh('records.listFacts')
  }
  const save = async (): Promise<void> => {
    const { fields, version } = editing
    const body = { version, status: statusOf(fields), reason, fact: factOf(fact.kind, fields) }
    const kept = await sending.run({ params: { id: fact.id }, body })
    if (!kept) return
    tellWarnings(kept.warnings)
    await finish()
  }
  useMet(current, (now) => void (editing.meet(baseOf(now)) && finish()))
  const ready = editing.changed && reason.trim() !== '' && isFactWhole(fact.kind, editing.fields)
  return { ...editing, reason, setReason, sending, current, save, ready }
}

function Standing({ fields, set, reason, setReason }: ReturnType<typeof useChanging>) {
  return (
    <>
      <SelectField label={t('records.fact.field.status')} value={fields.status} onText={(status) => set({ status })}>
        {statuses.map((one) => (
          <option key={one} value={one}>
            {named('factStatus', one)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('records.fact.field.reason')}
        hint={t('records.fact.hint.reason')}
        autoComplete="off"
        value={reason}
        onText={setReason}
      />
    </>
  )
}

/** What was written before, newest first. */
function Versions({ factId }: { factId: string }) {
  const { data } = useRead('records.factVersions', { params: { id: factId } })
  if (!data || data.items.length < 2) return null
  return (
    <details className={css.versions}>
      <summary>{t('records.fact.versions', { count: data.items.length })}</summary>
      <ol>
        {data.items.map((one) => (
          <li key={one.no}>
            {formatDateTime(one.at)} · {one.authorName} · {named('factStatus', one.status)}
            {one.reason !== null && ` · ${one.reason}`}
          </li>
        ))}
      </ol>
    </details>
  )
}

/** Corrects, resolves or takes back; when another was faster, says what changed and keeps what was typed. */
export function EditFact(props: EditProps) {
  const changing = useChanging(props)
  const { fields, set, meanwhile, take, sending, current, save, ready } = changing
  return (
    <Dialog
      open
      onClose={props.onClose}
      wide
      title={t('records.fact.edit', { name: factTitle(props.fact) })}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={!ready} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      }
    >
      <MeanwhileNotice meanwhile={meanwhile} labels={labels()} textOf={readable} onTake={take} />
      <FactFields kind={props.fact.kind} form={fields} onChange={set} />
      <Standing {...changing} />
      <Versions factId={props.fact.id} />
      <ProblemNotice error={current ? null : sending.problem} />
    </Dialog>
  )
}
