import type { MeetingScope } from '@moinha/contracts/meetings'
import { Button, Dialog, RadioGroup, Stack, TextArea, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type MeetingView, whenWords } from '../data.ts'
import { scopeChoices } from './scopes.ts'

/** Cancelling is told to everybody and cannot be taken back, so it asks which and why. */
export function CancelDialog({ meeting, onClose }: { meeting: MeetingView; onClose: () => void }) {
  const [scope, setScope] = useState<MeetingScope>('this')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useSend('meetings.cancel')
  const send = async (): Promise<void> => {
    setTried(true)
    if (reason.trim() === '') return
    if (!(await sending.run({ params: { id: meeting.id }, body: { scope, reason } }))) return
    toast({ text: t('meetings.cancel.done') })
    onClose()
    await refresh('meetings.')
  }
  return (
    <Dialog
      open
      title={t('meetings.cancel.title')}
      closeLabel={t('do.close')}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('meetings.cancel.keep')}
          </Button>
          <Button look="danger" busy={sending.busy} onClick={() => void send()}>
            {t('meetings.cancel.do')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>
          <strong>{meeting.title}</strong> · {whenWords(meeting)}
        </p>
        {meeting.recurring && (
          <RadioGroup
            label={t('meetings.scope.cancelAsk')}
            choices={scopeChoices()}
            value={scope}
            onChoose={setScope}
          />
        )}
        <TextArea
          required
          rows={2}
          maxLength={300}
          label={t('meetings.cancel.reason')}
          hint={t('meetings.cancel.reasonHint')}
          error={tried && reason.trim() === '' && t('meetings.cancel.reasonNeeded')}
          value={reason}
          onText={setReason}
        />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}
