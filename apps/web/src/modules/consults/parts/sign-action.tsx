import type { Consult, Minutes } from '@moinha/contracts/consults'
import { Button, Dialog, RadioGroup, Row, Stack, TextArea, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'

type Choice = NonNullable<Minutes['decision']>

/** The signature of this person, where one is waited for. */
export function SignAction({ consult, minutes }: { consult: Consult; minutes: Minutes }) {
  const [open, setOpen] = useState(false)
  if (!consult.may.sign) return null
  return (
    <>
      <Row>
        <Button look="primary" icon="edit" onClick={() => setOpen(true)}>
          {t('consults.sign.open')}
        </Button>
      </Row>
      {open && <SignDialog consult={consult} minutes={minutes} onClose={() => setOpen(false)} />}
    </>
  )
}

function SignDialog({ consult, minutes, onClose }: { consult: Consult; minutes: Minutes; onClose: () => void }) {
  const sending = useSend('consults.signMinutes', { after: () => refresh('consults.') })
  const decides = minutes.signAs.includes('requester')
  const [decision, setDecision] = useState<Choice | null>(null)
  const [reason, setReason] = useState('')
  const sign = async (): Promise<void> => {
    const body = { contentHash: minutes.contentHash, decisionReason: reason, ...(decision && { decision }) }
    const after = await sending.run({ params: { id: consult.id, minutesId: minutes.id }, body })
    if (!after) return
    // a signing service may still wait for its signer: then this person is asked for as before
    const awaited = after.minutes?.id === minutes.id && after.minutes.signAs.length > 0
    toast({ text: t(awaited ? 'consults.sign.awaited' : 'consults.sign.done') })
    onClose()
  }
  const roles = minutes.signAs
    .map((role) => (wordFor(`consults.minutes.role.${role}`) ?? role).toLocaleLowerCase('vi'))
    .join(', ')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('consults.sign.title', { roles })}
      closeLabel={t('do.close')}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button
            look="primary"
            icon="check"
            busy={sending.busy}
            disabled={decides && decision === null}
            onClick={() => void sign()}
          >
            {t('consults.sign.confirm')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t('consults.sign.text')}</p>
        {decides && <Decide decision={decision} onDecide={setDecision} reason={reason} onReason={setReason} />}
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}

interface DecideProps {
  decision: Choice | null
  onDecide: (choice: Choice) => void
  reason: string
  onReason: (text: string) => void
}

/** The local clinician says what becomes of the advice. */
function Decide({ decision, onDecide, reason, onReason }: DecideProps) {
  const choices = [
    { value: 'accepts' as const, label: t('consults.sign.accepts') },
    { value: 'partly' as const, label: t('consults.sign.partly') },
    { value: 'not' as const, label: t('consults.sign.not') },
  ]
  return (
    <>
      <RadioGroup
        label={t('consults.sign.decide')}
        hint={t('consults.sign.hint')}
        choices={choices}
        value={decision}
        onChoose={onDecide}
      />
      {decision !== null && decision !== 'accepts' && (
        <TextArea label={t('consults.sign.why')} value={reason} onText={onReason} rows={2} />
      )}
    </>
  )
}
