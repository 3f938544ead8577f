import { Button, Dialog, Row, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type InputOf, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { RxDraft, useCheck } from '../data.ts'
import { PlainLines } from './plain-lines.tsx'

interface IssueBarProps {
  draft: RxDraft
  body: InputOf<'prescriptions.issue'>['body'] | null
  check: ReturnType<typeof useCheck>
  sending: { busy: boolean; problem: Parameters<typeof ProblemNotice>[0]['error'] }
  issue: () => Promise<void>
  encounterId: string
}

/** Keeps the lines as a favourite of one's own. */
function KeepTemplate({ body }: Pick<IssueBarProps, 'body'>) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const sending = useSend('prescriptions.saveTemplate')
  const save = async (): Promise<void> => {
    if (!body) return
    const kept = { name, icd10: null, lines: body.lines }
    if (!(await sending.run({ params: { id: newId() }, body: kept }))) return
    setOpen(false)
    toast({ text: t('prescriptions.write.templateSaved') })
    void refresh('prescriptions.ofEncounter')
  }
  return (
    <>
      <Button look="quiet" icon="copy" disabled={!body} onClick={() => setOpen(true)}>
        {t('prescriptions.write.saveTemplate')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('prescriptions.write.saveTemplate')}
        closeLabel={t('do.close')}
        actions={
          <Button look="primary" busy={sending.busy} disabled={name.trim() === ''} onClick={() => void save()}>
            {t('do.save')}
          </Button>
        }
      >
        <TextField label={t('prescriptions.write.templateName')} maxLength={120} value={name} onText={setName} />
        <ProblemNotice error={sending.problem} />
      </Dialog>
    </>
  )
}

/** Review what will be printed, then issue; off until every check is answered. */
export function IssueBar({ draft, body, check, sending, issue }: IssueBarProps) {
  const [open, setOpen] = useState(false)
  const { checked, fresh } = check
  const findings = checked?.findings ?? []
  const answered = findings.every((one) => one.level === 'warn' && draft.reasons[one.key]?.trim())
  const ready = Boolean(body && checked && fresh && answered)
  const lines = (checked?.lines ?? []).map((line) => ({ ...line, name: line.nameVi || line.inn }))
  return (
    <>
      <p>{t('prescriptions.write.notComplete')}</p>
      <Row>
        <Button look="primary" icon="check" disabled={!ready} onClick={() => setOpen(true)}>
          {t('prescriptions.write.preview')}
        </Button>
        <KeepTemplate body={body} />
      </Row>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('prescriptions.write.previewTitle')}
        closeLabel={t('prescriptions.write.cancel')}
        wide
        actions={
          <Button look="primary" busy={sending.busy} disabled={!ready} onClick={() => void issue()}>
            {t('prescriptions.write.issue')}
          </Button>
        }
      >
        <PlainLines lines={lines} />
        <ProblemNotice error={sending.problem} />
      </Dialog>
    </>
  )
}
