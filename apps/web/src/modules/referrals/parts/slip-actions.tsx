import type { Slip, TransferOutcome } from '@moinha/contracts/referrals'
import { Button, Card, RadioGroup, Row, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { newId, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { afterSending } from '../data.ts'

const outcomes: readonly TransferOutcome[] = ['treated_home', 'admitted', 'sent_on', 'sent_back', 'died']

/** What this person may do with the slip now; nothing where it is over or theirs to read only. */
export function SlipActions({ slip }: { slip: Slip }) {
  return (
    <>
      {slip.may.arrive && <Arrival slip={slip} />}
      {slip.may.tellOutcome && <Outcome slip={slip} />}
      {slip.may.cancel && <Cancel slip={slip} />}
    </>
  )
}

function Arrival({ slip }: { slip: Slip }) {
  const arriving = useSend('referrals.confirmArrival')
  const missing = useSend('referrals.noteNotArrived')
  const [arrivalId] = useState(newId)
  const params = { id: slip.id }
  return (
    <Card title={t(`referrals.arrival.title.${slip.kind}`)}>
      <ProblemNotice error={arriving.problem ?? missing.problem} />
      <Row>
        <Button
          look="primary"
          icon="check"
          busy={arriving.busy}
          onClick={() => void arriving.run({ params, body: { arrivalId } }).then(afterSending)}
        >
          {t('referrals.arrival.do')}
        </Button>
        {slip.may.notArrived && (
          <Button busy={missing.busy} onClick={() => void missing.run({ params, body: {} }).then(afterSending)}>
            {t('referrals.arrival.not')}
          </Button>
        )}
      </Row>
    </Card>
  )
}

function Outcome({ slip }: { slip: Slip }) {
  const sending = useSend('referrals.tellOutcome')
  const [outcome, setOutcome] = useState<TransferOutcome | null>(null)
  const [note, setNote] = useTyped(`outcome:${slip.id}`, '')
  const [tried, setTried] = useState(false)
  const send = async (): Promise<void> => {
    setTried(true)
    if (!outcome || !note.trim()) return
    await afterSending(await sending.run({ params: { id: slip.id }, body: { outcome, note } }))
  }
  return (
    <Card title={t('referrals.outcome.title')}>
      <RadioGroup
        columns
        label={t('referrals.outcome.ask')}
        choices={outcomes.map((value) => ({ value, label: t(`referrals.outcome.${value}`) }))}
        value={outcome}
        onChoose={setOutcome}
        error={tried && !outcome && t('referrals.outcome.needed')}
      />
      <TextArea
        label={t('referrals.outcome.note')}
        rows={3}
        value={note}
        onText={setNote}
        error={tried && !note.trim() && t('referrals.outcome.noteNeeded')}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button look="primary" icon="send" busy={sending.busy} onClick={() => void send()}>
          {t('referrals.outcome.do', { unit: slip.facilityName })}
        </Button>
      </Row>
    </Card>
  )
}

function Cancel({ slip }: { slip: Slip }) {
  const sending = useSend('referrals.cancel')
  const [reason, setReason] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const send = async (): Promise<void> => {
    setTried(true)
    if (!reason?.trim()) return
    await afterSending(await sending.run({ params: { id: slip.id }, body: { reason } }))
  }
  if (reason === null)
    return (
      <Row>
        <Button look="quiet" icon="trash" onClick={() => setReason('')}>
          {t('referrals.cancel.ask')}
        </Button>
      </Row>
    )
  return (
    <Card title={t('referrals.cancel.ask')}>
      <TextArea
        label={t('referrals.cancel.reason')}
        rows={2}
        value={reason}
        onText={setReason}
        error={tried && !reason.trim() && t('referrals.cancel.needed')}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button look="danger" busy={sending.busy} onClick={() => void send()}>
          {t('referrals.cancel.do')}
        </Button>
      </Row>
    </Card>
  )
}
