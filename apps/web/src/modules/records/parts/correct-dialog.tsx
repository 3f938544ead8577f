import { channelsOf } from '@moinha/contracts/meeting-channels'
import { Button, CheckboxField, Dialog, Notice, SelectField, TextArea } from '@moinha/ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type ApiProblem, refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { currentOf, MeanwhileNotice, useEditing, useMet } from '../../../platform/editing/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, localDay, t, wordFor } from '../../../platform/i18n/index.ts'
import { type Encounter, named } from '../data.ts'
import {
  changesBetween,
  contentIn,
  type Correction,
  type CorrectionFields,
  correctionOf,
  fieldsOf,
} from '../draft/correction.ts'
import { DiagnosisField } from './diagnoses.tsx'
import css from './correct-dialog.module.css'

interface CorrectProps {
  encounter: Encounter
  onClose: () => void
}

const baseOf = (encounter: Encounter) => ({ version: encounter.version, fields: fieldsOf(correctionOf(encounter)) })

/** What is corrected, on top of what stood when it was opened; a colleague's correction is met when saving. */
function useCorrecting({ encounter, onClose }: CorrectProps) {
  const [stands, setStands] = useState(encounter)
  const [reason, setReason] = useState('')
  const editing = useEditing<CorrectionFields, number>(baseOf(encounter))
  const sending = useSend('records.correctEncounter')
  const current = currentOf<Encounter>(sending.problem)
  const content = contentIn(editing.fields)
  const changes = changesBetween(stands, content)
  const finish = async (): Promise<void> => {
    await refresh('records.')
    onClose()
  }
  const save = async (): Promise<void> => {
    const body = { version: editing.version, reason, changes }
    if (await sending.run({ params: { id: encounter.id }, body })) await finish()
  }
  useMet(current, (now) => {
    setStands(now)
    if (editing.meet(baseOf(now))) void finish()
  })
  const change = ({ diagnoses, ...rest }: Partial<Correction>): void =>
    editing.set({ ...rest, ...(diagnoses && { diagnoses: JSON.stringify(diagnoses) }) })
  const ready = reason.trim() !== '' && Object.keys(changes).length > 0
  const problem = current ? null : sending.problem
  return { ...editing, content, change, reason, setReason, ready, save, busy: sending.busy, problem }
}

const labels = () => ({
  findings: t('records.piece.findings'),
  diagnoses: t('records.piece.diagnoses'),
  conclusion: t('records.piece.conclusion'),
  advice: t('records.piece.advice'),
  referredUp: t('records.piece.referredUp'),
  channel: t('records.piece.channel'),
})

function readable(key: keyof CorrectionFields, value: CorrectionFields[keyof CorrectionFields]): string {
  if (key === 'diagnoses')
    return contentIn({ diagnoses: String(value) } as CorrectionFields)
      .diagnoses.map((one) => `${one.code} ${one.display}`)
      .join('; ')
  if (key === 'referredUp') return t(value ? 'records.yes' : 'records.no')
  return key === 'channel' && value ? named('channel', String(value)) : String(value ?? '')
}

/** A correction of a finished encounter: a new version that says why. */
export function CorrectDialog(props: CorrectProps) {
  const { content, change, meanwhile, take, reason, setReason, ready, save, busy, problem } = useCorrecting(props)
  const saveButton = (
    <Button look="primary" busy={busy} disabled={!ready} onClick={() => void save()}>
      {t('records.correct.save')}
    </Button>
  )
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={t('records.correct.title')}
      closeLabel={t('do.close')}
      actions={saveButton}
    >
      <Notice still>{t('records.correct.text')}</Notice>
      <Told meanwhile={meanwhile}>
        <MeanwhileNotice meanwhile={meanwhile} labels={labels()} textOf={readable} onTake={take} />
      </Told>
      <Pieces encounter={props.encounter} content={content} onChange={change} />
      <TextArea label={t('records.correct.reason')} rows={2} value={reason} onText={setReason} />
      <Refusal problem={problem} />
    </Dialog>
  )
}

/** Brings what a colleague changed into view: one stands at the end of a long form when it is heard of. */
function Told({ meanwhile, children }: { meanwhile: unknown; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (meanwhile) place.current?.scrollIntoView({ block: 'start' })
  }, [meanwhile])
  return <div ref={place}>{children}</div>
}

interface PiecesProps {
  encounter: Encounter
  content: Correction
  onChange: (change: Partial<Correction>) => void
}

/** Asked only where there is more than one channel to choose from. */
function ChannelChoice({ encounter, content, onChange }: PiecesProps) {
  const channels = channelsOf[encounter.remoteMode]
  if (channels.length < 2) return null
  return (
    <SelectField
      label={t('records.piece.channel')}
      value={content.channel}
      onText={(next) => onChange({ channel: next as Correction['channel'] })}
    >
      {channels.map((one) => (
        <option key={one} value={one}>
          {named('channel', one)}
        </option>
      ))}
    </SelectField>
  )
}

function Pieces({ encounter, content, onChange }: PiecesProps) {
  const { findings, diagnoses, conclusion, advice, referredUp } = content
  return (
    <>
      <TextArea label={t('records.piece.findings')} value={findings} onText={(text) => onChange({ findings: text })} />
      <section className={css.diagnoses} aria-label={t('records.piece.diagnoses')}>
        <h3>{t('records.piece.diagnoses')}</h3>
        <DiagnosisField
          diagnoses={diagnoses}
          locked={false}
          on={encounter.finishedAt ? localDay(new Date(encounter.finishedAt)) : undefined}
          onChange={(next) => onChange({ diagnoses: next })}
        />
      </section>
      <TextArea
        label={t('records.piece.conclusion')}
        value={conclusion}
        onText={(text) => onChange({ conclusion: text })}
      />
      <TextArea label={t('records.piece.advice')} value={advice} onText={(text) => onChange({ advice: text })} />
      <CheckboxField
        label={t('records.piece.referredUpText')}
        checked={referredUp}
        onToggle={(next) => onChange({ referredUp: next })}
      />
      <ChannelChoice encounter={encounter} content={content} onChange={onChange} />
    </>
  )
}

/** Every condition that is not met. */
function reasonsOf(problem: ApiProblem | null): string[] {
  const failed = problem?.params['failed'] ?? [problem?.params['reason']]
  return Array.isArray(failed) ? failed.filter((one) => typeof one === 'string') : []
}

/** Why the gate of the finish does not let it pass, and what one can do; what was typed stays. */
function Refusal({ problem }: { problem: ApiProblem | null }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) place.current?.scrollIntoView({ block: 'end' })
  }, [problem])
  const sentence = problem && wordFor(`records.correct.refused.${problem.code}`)
  const failed = reasonsOf(problem)
  return (
    <div ref={place} className={css.refusal}>
      {sentence ? (
        <Notice tone="error" title={t('records.correct.refused')}>
          {failed.map((reason) => (
            <p key={reason}>{named('gate', reason)}</p>
          ))}
          <p>{sentence}</p>
        </Notice>
      ) : (
        <ProblemNotice error={problem} />
      )}
    </div>
  )
}

/** Every locked state, newest first. */
export function VersionsDialog({ encounterId, onClose }: { encounterId: string; onClose: () => void }) {
  const { data, error } = useRead('records.encounterVersions', { params: { id: encounterId } })
  return (
    <Dialog open onClose={onClose} wide title={t('records.versions.title')} closeLabel={t('do.close')}>
      <ProblemNotice error={error} />
      <ol className={css.versions} reversed>
        {data?.items.map((one) => (
          <li key={one.no}>
            <p>
              <strong>{t('records.document.version', { version: one.no })}</strong> · {formatDateTime(one.at)} ·{' '}
              {one.authorName}
            </p>
            {one.reason && (
              <p className={css.reason}>
                {t('records.correct.reason')}: {one.reason}
              </p>
            )}
            <p className={css.text}>{one.content.conclusion}</p>
            {one.content.advice && <p className={css.text}>{one.content.advice}</p>}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

interface CancelDialogProps {
  encounterId: string
  version: number
  onClose: () => void
}

/** Takes back an encounter opened by mistake. */
export function CancelDialog({ encounterId, version, onClose }: CancelDialogProps) {
  const [reason, setReason] = useState('')
  // refused for what a colleague wrote: it is read, and with it the version that the next tap is meant for
  const sending = useSend('records.cancelEncounter', { after: () => refresh('records.') })
  const cancel = async (): Promise<void> => {
    if (await sending.run({ params: { id: encounterId }, body: { version, reason } })) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.cancel.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="danger" busy={sending.busy} disabled={reason.trim() === ''} onClick={() => void cancel()}>
          {t('records.cancel.confirm')}
        </Button>
      }
    >
      <p>{t('records.cancel.text')}</p>
      <TextArea label={t('records.cancel.reason')} rows={2} value={reason} onText={setReason} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
