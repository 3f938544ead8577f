import type { Consult } from '@moinha/contracts/consults'
import { Button, DateField, Dialog, Row, TextArea, TimeField, toast } from '@moinha/ui'
import { type FormEvent, useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { afterSending } from '../data.ts'

/** Take the case, pass it on, or send it back. */
export function AnswerActions({ consult }: { consult: Consult }) {
  const accept = useSend('consults.accept')
  const decline = useSend('consults.decline')
  const params = { id: consult.id }
  const take = async (): Promise<void> => {
    if (await afterSending(await accept.run({ params }))) toast({ text: t('consults.do.taken') })
  }
  const pass = async (): Promise<void> => {
    const done = await decline.run({ params, body: {} })
    if (done) toast({ text: t('consults.do.declined') })
    await afterSending(done)
  }
  return (
    <>
      <Row>
        {consult.may.accept && (
          <Button look="urgent" icon="check" busy={accept.busy} onClick={() => void take()}>
            {consult.urgency === 'urgent' ? t('consults.do.acceptNow') : t('consults.do.accept')}
          </Button>
        )}
        {consult.may.decline && (
          <Button busy={decline.busy} onClick={() => void pass()}>
            {t('consults.do.decline')}
          </Button>
        )}
        {consult.may.return && <ReturnAction consult={consult} />}
      </Row>
      <ProblemNotice error={accept.problem ?? decline.problem} />
    </>
  )
}

/** Begin now or fix a time. */
export function StartActions({ consult }: { consult: Consult }) {
  const start = useSend('consults.start')
  const [timing, setTiming] = useState(false)
  return (
    <>
      {consult.may.start && (
        <Button
          look="primary"
          icon="video"
          busy={start.busy}
          onClick={() => void start.run({ params: { id: consult.id } }).then(afterSending)}
        >
          {t('consults.do.start')}
        </Button>
      )}
      {consult.may.schedule && (
        <Button icon="calendar" onClick={() => setTiming(true)}>
          {t('consults.do.schedule')}
        </Button>
      )}
      {consult.may.return && <ReturnAction consult={consult} />}
      {timing && <TimeDialog consult={consult} onClose={() => setTiming(false)} />}
      <ProblemNotice error={start.problem} />
    </>
  )
}

function TimeDialog({ consult, onClose }: { consult: Consult; onClose: () => void }) {
  const sending = useSend('consults.schedule')
  const [day, setDay] = useState(localDay())
  const [time, setTime] = useState('')
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await afterSending(await sending.run({ params: { id: consult.id }, body: { at: `${day}T${time}:00+07:00` } })))
      onClose()
  }
  return (
    <Dialog open onClose={onClose} title={t('consults.do.scheduleTitle')} closeLabel={t('do.close')}>
      <form onSubmit={(event) => void send(event)}>
        <Row>
          <DateField label={t('consults.do.day')} required min={localDay()} value={day} onText={setDay} />
          <TimeField required label={t('consults.do.time')} value={time} onText={setTime} />
        </Row>
        <ProblemNotice error={sending.problem} />
        <Row>
          <Button type="submit" look="primary" busy={sending.busy}>
            {t('do.save')}
          </Button>
        </Row>
      </form>
    </Dialog>
  )
}

function ReturnAction({ consult }: { consult: Consult }) {
  const sending = useSend('consults.return')
  const [open, setOpen] = useState(false)
  const send = async (reason: string): Promise<void> => {
    const done = await sending.run({ params: { id: consult.id }, body: { reason } })
    if (done) navigate('/work/consults')
    await afterSending(done)
  }
  return (
    <>
      <Button icon="history" onClick={() => setOpen(true)}>
        {t('consults.do.return')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('consults.do.returnTitle')}
          hint={t('consults.do.returnHint')}
          confirm={t('consults.do.return')}
          busy={sending.busy}
          problem={sending.problem}
          onSend={(reason) => void send(reason)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** Withdraw the request, where that is still possible. */
export function ReasonAction({ consult }: { consult: Consult }) {
  const sending = useSend('consults.cancel')
  const [open, setOpen] = useState(false)
  if (!consult.may.cancel) return null
  const send = async (reason: string): Promise<void> => {
    if (await afterSending(await sending.run({ params: { id: consult.id }, body: { reason } }))) setOpen(false)
  }
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t('consults.do.cancel')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('consults.do.cancelTitle')}
          confirm={t('consults.do.cancel')}
          busy={sending.busy}
          problem={sending.problem}
          onSend={(reason) => void send(reason)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

interface ReasonDialogProps {
  title: string
  hint?: string
  confirm: string
  busy: boolean
  problem: unknown
  onSend: (reason: string) => void
  onClose: () => void
}

interface ReasonFieldProps {
  hint: string | undefined
  reason: string
  onText: (reason: string) => void
  asked: boolean
}

function ReasonField({ hint, reason, onText, asked }: ReasonFieldProps) {
  return (
    <TextArea
      label={t('consults.do.reason')}
      hint={hint}
      value={reason}
      onText={onText}
      rows={3}
      error={asked && reason.trim() === '' && t('consults.do.reasonNeeded')}
    />
  )
}

interface ReasonButtonsProps {
  confirm: string
  busy: boolean
  onSend: () => void
  onClose: () => void
}

function ReasonButtons({ confirm, busy, onSend, onClose }: ReasonButtonsProps) {
  return (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={busy} onClick={onSend}>
        {confirm}
      </Button>
    </>
  )
}

function ReasonDialog({ title, hint, confirm, busy, problem, onSend, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const send = (): void => {
    setAsked(true)
    if (reason.trim() !== '') onSend(reason)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('do.close')}
      actions={<ReasonButtons confirm={confirm} busy={busy} onSend={send} onClose={onClose} />}
    >
      <ReasonField hint={hint} reason={reason} onText={setReason} asked={asked} />
      <ProblemNotice error={problem} />
    </Dialog>
  )
}
