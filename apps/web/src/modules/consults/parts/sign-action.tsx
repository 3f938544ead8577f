import type { Consult, Minutes } from '@moinha/contracts/consults'
import { Button, Dialog, RadioGroup, Row, Stack, TextArea, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import { unlockedToken } from '../../signatures/index.ts'

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

interface SignProps {
  consult: Consult
  minutes: Minutes
  onClose: () => void
}

/** What the signer decides, and the signing. */
function useSigning({ consult, minutes, onClose }: SignProps) {
  const sending = useSend('consults.signMinutes', { after: () => refresh('consults.') })
  const [decision, setDecision] = useState<Choice | null>(null)
  const [reason, setReason] = useState('')
  const sign = async (): Promise<void> => {
    const unlocking = unlockedToken()
    const body = {
      contentHash: minutes.contentHash,
      decisionReason: reason,
      ...(decision && { decision }),
      ...(unlocking !== undefined && { unlocking }),
    }
    const after = await sending.run({ params: { id: consult.id, minutesId: minutes.id }, body })
    if (!after) return
    // a signing service may still wait for its signer: then this person is asked for as before
    const awaited = after.minutes?.id === minutes.id && after.minutes.signAs.length > 0
    toast({ text: t(awaited ? 'consults.sign.awaited' : 'consults.sign.done') })
    onClose()
  }
  return { sending, decision, setDecision, reason, setReason, sign }
}

function roleWords({ signAs }: Minutes): string {
  return signAs.map((role) => (wordFor(`consults.minutes.role.${role}`) ?? role).toLocaleLowerCase('vi')).join(', ')
}

interface SignButtonsProps {
  busy: boolean
  disabled: boolean
  onSign: () => void
  onCancel: () => void
}

function SignButtons({ busy, disabled, onSign, onCancel }: SignButtonsProps) {
  return (
    <>
      <Button look="quiet" onClick={onCancel}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" icon="check" busy={busy} disabled={disabled} onClick={onSign}>
        {t('consults.sign.confirm')}
      </Button>
    </>
  )
}

function SignDialog(props: SignProps) {
  const { minutes, onClose } = props
  const { sending, decision, setDecision, reason, setReason, sign } = useSigning(props)
  const decides = minutes.signAs.includes('requester')
  const undecided = decides && decision === null
  const isLocked = sending.problem?.code === 'SIGNING_LOCKED'
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('consults.sign.title', { roles: roleWords(minutes) })}
      closeLabel={t('do.close')}
      actions={
        <SignButtons
          busy={sending.busy}
          disabled={undecided || isLocked}
          onSign={() => void sign()}
          onCancel={onClose}
        />
      }
    >
      <Stack>
        <p>{t('consults.sign.text')}</p>
        {decides && <Decide decision={decision} onDecide={setDecision} reason={reason} onReason={setReason} />}
        {isLocked ? (
          <Slot name="consults.unlock" props={{ onUnlocked: () => void sign() }} />
        ) : (
          <ProblemNotice error={sending.problem} />
        )}
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
