import { Button, Dialog, Notice, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useAct, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import type { Encounter } from '../data.ts'
import css from './correct-dialog.module.css'

/** A correction of a finished encounter: a new version that says why. */
export function CorrectDialog({ encounter, onClose }: { encounter: Encounter; onClose: () => void }) {
  const [findings, setFindings] = useState(encounter.findings)
  const [conclusion, setConclusion] = useState(encounter.conclusion)
  const [advice, setAdvice] = useState(encounter.advice)
  const [reason, setReason] = useState('')
  const act = useAct('records.correctEncounter')
  const save = async (): Promise<void> => {
    if (!(await act.run({ params: { id: encounter.id }, body: { version: encounter.version, reason, changes: { findings, conclusion, advice } } }))) return
    await refresh('records.')
    onClose()
  }
  return (
    <Dialog open onClose={onClose} wide title={t('records.correct.title')} closeLabel={t('do.close')} actions={<Button look="primary" busy={act.busy} disabled={reason.trim() === '' || conclusion.trim() === ''} onClick={() => void save()}>{t('records.correct.save')}</Button>}>
      <Notice still>{t('records.correct.text')}</Notice>
      <TextArea label={t('records.piece.findings')} value={findings} onText={setFindings} />
      <TextArea label={t('records.piece.conclusion')} value={conclusion} onText={setConclusion} />
      <TextArea label={t('records.piece.advice')} value={advice} onText={setAdvice} />
      <TextArea label={t('records.correct.reason')} rows={2} value={reason} onText={setReason} />
      <ProblemNotice error={act.problem} />
    </Dialog>
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
            <p><strong>{t('records.document.version', { version: one.no })}</strong> · {formatDateTime(one.at)} · {one.authorName}</p>
            {one.reason && <p className={css.reason}>{t('records.correct.reason')}: {one.reason}</p>}
            <p className={css.text}>{one.content.conclusion}</p>
            {one.content.advice && <p className={css.text}>{one.content.advice}</p>}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

/** Takes back an encounter opened by mistake. */
export function CancelDialog({ encounterId, version, onClose }: { encounterId: string; version: number; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const act = useAct('records.cancelEncounter')
  const cancel = async (): Promise<void> => {
    if (!(await act.run({ params: { id: encounterId }, body: { version, reason } }))) return
    await refresh('records.')
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={t('records.cancel.title')} closeLabel={t('do.close')} actions={<Button look="danger" busy={act.busy} disabled={reason.trim() === ''} onClick={() => void cancel()}>{t('records.cancel.confirm')}</Button>}>
      <p>{t('records.cancel.text')}</p>
      <TextArea label={t('records.cancel.reason')} rows={2} value={reason} onText={setReason} />
      <ProblemNotice error={act.problem} />
    </Dialog>
  )
}
