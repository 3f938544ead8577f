import { Button, Dialog, Row, Stack, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { MinutesView } from '../data.ts'

/** Approved minutes are never changed: a new version is begun, with a reason. */
export function CorrectMinutes({ minutes }: { minutes: MinutesView }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const sending = useSend('meetings.correctMinutes')
  const send = async (): Promise<void> => {
    const body = { version: minutes.version, reason }
    if (!(await sending.run({ params: { id: minutes.meetingId }, body }))) return
    setOpen(false)
    await refresh('meetings.')
  }
  return (
    <div data-no-print>
      <Row>
        <Button icon="edit" onClick={() => setOpen(true)}>
          {t('meetings.minutes.correct')}
        </Button>
      </Row>
      <Dialog
        open={open}
        title={t('meetings.minutes.correct')}
        closeLabel={t('do.close')}
        onClose={() => setOpen(false)}
        actions={
          <Button look="primary" busy={sending.busy} disabled={reason.trim() === ''} onClick={() => void send()}>
            {t('do.next')}
          </Button>
        }
      >
        <Stack>
          <p>{t('meetings.minutes.correctText')}</p>
          <TextArea rows={2} maxLength={300} label={t('meetings.minutes.reason')} value={reason} onText={setReason} />
          <ProblemNotice error={sending.problem} />
        </Stack>
      </Dialog>
    </div>
  )
}
