import { Button, Dialog, RadioGroup, TextArea, toast } from '@moinha/ui'
import { useState } from 'react'
import { type ReplyOf, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice, fieldText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'

export type Opening = ReplyOf<'records.listEmergencyOpenings'>['items'][number]
type Verdict = Opening['reviews'][number]['verdict']

/** The verdict while it is made, and its sending. */
function useJudging(opening: Opening, onClose: () => void) {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [note, setNote] = useState('')
  const sending = useSend('records.reviewEmergencyOpening')
  const save = async (): Promise<void> => {
    if (verdict === null || !(await sending.run({ params: { id: opening.id }, body: { verdict, note } }))) return
    toast({ text: t('records.openings.saved') })
    void refresh('records.')
    onClose()
  }
  const incomplete = verdict === null || (verdict === 'not_justified' && note.trim() === '')
  return { verdict, setVerdict, note, setNote, sending, incomplete, save }
}

function VerdictFields({ verdict, setVerdict, note, setNote, sending }: ReturnType<typeof useJudging>) {
  return (
    <>
      <RadioGroup
        label={t('records.openings.judgeTitle')}
        hideLabel
        value={verdict}
        onChoose={setVerdict}
        choices={[
          { value: 'justified', label: t('records.verdict.justified') },
          { value: 'not_justified', label: t('records.verdict.not_justified'), detail: t('records.openings.endsNow') },
        ]}
      />
      <TextArea
        label={t('records.openings.note')}
        hint={t('records.openings.noteHint')}
        rows={3}
        value={note}
        onText={setNote}
        error={fieldText(sending.problem, 'note')}
      />
    </>
  )
}

/** Justified or not, and why. */
export function JudgeOpening({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const judging = useJudging(opening, onClose)
  const { sending, incomplete, save } = judging
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.openings.judgeTitle')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={incomplete} onClick={() => void save()}>
          {t('records.openings.save')}
        </Button>
      }
    >
      <VerdictFields {...judging} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
