import { Button, DateField, Dialog, Stack, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'

/** When the patient is to come again, and what to mind until then. */
export function RevisitDialog({ encounterId, onClose }: { encounterId: string; onClose: () => void }) {
  const sending = useSend('referrals.issueRevisit')
  const [id] = useState(newId)
  const [draft, setDraft] = useTyped(`revisit:${encounterId}`, { revisitOn: '', advice: '' })
  const [tried, setTried] = useState(false)
  const send = async (): Promise<void> => {
    setTried(true)
    if (!draft.revisitOn) return
    const done = await sending.run({ body: { id, encounterId, ...draft } })
    if (!done) return
    await refresh('referrals.', 'records.')
    navigate(`/work/referrals/${done.id}`)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('referrals.revisit.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" icon="check" busy={sending.busy} onClick={() => void send()}>
          {t('referrals.revisit.do')}
        </Button>
      }
    >
      <Stack gap={4}>
        <DateField
          label={t('referrals.revisit.day')}
          min={localDay()}
          value={draft.revisitOn}
          onText={(revisitOn) => setDraft((before) => ({ ...before, revisitOn }))}
          error={tried && !draft.revisitOn && t('referrals.revisit.dayNeeded')}
        />
        <TextArea
          label={t('referrals.revisit.advice')}
          optionalMark={t('field.optional')}
          rows={3}
          value={draft.advice}
          onText={(advice) => setDraft((before) => ({ ...before, advice }))}
        />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}
