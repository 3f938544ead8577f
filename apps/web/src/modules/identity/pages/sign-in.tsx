import { Button, Notice, TextField } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useDemo } from '../../../platform/session/index.ts'
import { enter } from '../data.ts'
import { NameForm } from '../parts/name-form.tsx'
import { OneTimeCodeField } from '../parts/one-time-code-field.tsx'
import { Sheet } from '../parts/sheet.tsx'

interface Sent {
  phone: string
  /** Milliseconds since the epoch when another code may be asked for. */
  resendAt: number
}

interface PhoneFormProps {
  phone: string
  setPhone: (phone: string) => void
  onSent: (sent: Sent) => void
}

function OtherWays() {
  const demo = useDemo()
  return (
    <>
      <a href="/work/sign-in">{t('identity.signIn.iAmStaff')}</a>
      <a href={demo ? '/demo' : '/'}>{t('do.back')}</a>
    </>
  )
}

interface PhoneFieldProps {
  phone: string
  onText: (phone: string) => void
  wrong: boolean
}

function PhoneField({ phone, onText, wrong }: PhoneFieldProps) {
  return (
    <TextField
      label={t('identity.signIn.phone')}
      hint={t('identity.signIn.phoneHint')}
      type="tel"
      inputMode="tel"
      autoComplete="tel"
      value={phone}
      onText={onText}
      error={wrong && t('identity.signIn.phoneWrong')}
    />
  )
}

function PhoneForm({ phone, setPhone, onSent }: PhoneFormProps) {
  const send = useSend('identity.sendOtp')
  const wrong = send.problem?.code === 'INVALID_INPUT'
  const submit = async (): Promise<void> => {
    const reply = await send.run({ body: { phone } })
    if (reply) onSent({ phone, resendAt: Date.now() + reply.resendInSeconds * 1000 })
  }
  return (
    <Sheet
      title={t('identity.signIn.title')}
      lead={t('identity.signIn.lead')}
      onSubmit={() => void submit()}
      foot={<OtherWays />}
    >
      <PhoneField phone={phone} onText={setPhone} wrong={wrong} />
      {!wrong && <ProblemNotice error={send.problem} />}
      <Button type="submit" look="primary" wide busy={send.busy} disabled={phone.trim() === ''}>
        {t('identity.signIn.send')}
      </Button>
    </Sheet>
  )
}

/** Seconds until `at`, ticking. */
function useSecondsUntil(at: number): number {
  const [left, setLeft] = useState(() => Math.ceil((at - Date.now()) / 1000))
  useEffect(() => {
    const tick = (): void => setLeft(Math.ceil((at - Date.now()) / 1000))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [at])
  return Math.max(0, left)
}

interface CodeFormProps {
  sent: Sent
  onSent: (sent: Sent) => void
  onBack: () => void
  onIn: (reply: { home: string; nameMissing: boolean }) => void
}

/** The code as it is typed, sending it, and asking for another. */
function useCode({ sent, onSent, onIn }: Omit<CodeFormProps, 'onBack'>) {
  const [code, setCode] = useState('')
  const verify = useSend('identity.verifyOtp')
  const again = useSend('identity.sendOtp')
  const submit = async (): Promise<void> => {
    const reply = await verify.run({ body: { phone: sent.phone, code } })
    if (reply) onIn(reply)
  }
  const resend = async (): Promise<void> => {
    const reply = await again.run({ body: { phone: sent.phone } })
    if (reply) onSent({ ...sent, resendAt: Date.now() + reply.resendInSeconds * 1000 })
  }
  return { code, setCode, verify, again, submit, resend }
}

/** In the demo no message goes out: where it can be read. */
function DemoOutbox() {
  if (!useDemo()) return null
  return (
    <Notice still>
      <a href="/demo/outbox" target="_blank" rel="noopener">
        {t('identity.signIn.demoOutbox')}
      </a>
    </Notice>
  )
}

function ResendButton({ at, busy, onResend }: { at: number; busy: boolean; onResend: () => void }) {
  const left = useSecondsUntil(at)
  return (
    <Button wide busy={busy} disabled={left > 0} onClick={onResend}>
      {left > 0 ? t('identity.signIn.resendIn', { seconds: left }) : t('identity.signIn.resend')}
    </Button>
  )
}

function CodeForm({ onBack, ...given }: CodeFormProps) {
  const { code, setCode, verify, again, submit, resend } = useCode(given)
  return (
    <Sheet
      title={t('identity.signIn.codeTitle')}
      lead={t('identity.signIn.codeLead', { phone: given.sent.phone })}
      onSubmit={() => void submit()}
      foot={
        <Button look="quiet" onClick={onBack}>
          {t('identity.signIn.otherPhone')}
        </Button>
      }
    >
      <DemoOutbox />
      <OneTimeCodeField code={code} onText={setCode} />
      <ProblemNotice error={verify.problem ?? again.problem} />
      <Button type="submit" look="primary" wide busy={verify.busy} disabled={code.length !== 6}>
        {t('identity.signIn.go')}
      </Button>
      <ResendButton at={given.sent.resendAt} busy={again.busy} onResend={() => void resend()} />
    </Sheet>
  )
}

/** A citizen signs in by phone: number, code, and the first time a name. */
export default function SignInPage() {
  const [phone, setPhone] = useState('')
  const [sent, setSent] = useState<Sent | null>(null)
  const [nameless, setNameless] = useState<string | null>(null)
  const next = useSearch().get('next')
  if (nameless !== null) return <NameForm onDone={() => void enter(nameless, next)} />
  if (!sent) return <PhoneForm phone={phone} setPhone={setPhone} onSent={setSent} />
  return (
    <CodeForm
      sent={sent}
      onSent={setSent}
      onBack={() => setSent(null)}
      onIn={({ home, nameMissing }) => (nameMissing ? setNameless(home) : void enter(home, next))}
    />
  )
}
