import { Button, TextField } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { bringBack } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { renewSession, useSession } from '../../../platform/session/index.ts'
import { enter } from '../data.ts'
import { Enrol } from '../parts/enrol.tsx'
import { NewPassword } from '../parts/new-password.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { TodayHere } from '../parts/today-here.tsx'

type Step = 'start' | 'totp' | 'enrol' | 'password'

interface PasswordFormProps {
  onNext: (next: 'done' | 'totp' | 'enrol' | 'password', password: string) => void
}

function OtherWays() {
  return (
    <>
      <TodayHere />
      <a href="/work/first-sign-in">{t('identity.staff.haveSlip')}</a>
      <a href="/sign-in">{t('identity.staff.iAmCitizen')}</a>
    </>
  )
}

interface UsernameFieldProps {
  username: string
  onText: (username: string) => void
  wrong: boolean
}

function UsernameField({ username, onText, wrong }: UsernameFieldProps) {
  return (
    <TextField
      label={t('identity.staff.username')}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      value={username}
      onText={onText}
      error={wrong && t('error.SIGN_IN_WRONG')}
    />
  )
}

function PasswordField({ password, onText }: { password: string; onText: (password: string) => void }) {
  return (
    <TextField
      label={t('identity.staff.password')}
      type="password"
      autoComplete="current-password"
      value={password}
      onText={onText}
    />
  )
}

function PasswordForm({ onNext }: PasswordFormProps) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useSend('identity.signIn')
  const wrong = signIn.problem?.code === 'INVALID_INPUT'
  const submit = async (): Promise<void> => {
    const reply = await signIn.run({ body: { username, password } })
    if (reply) onNext(reply.next, password)
  }
  return (
    <Sheet
      title={t('identity.staff.title')}
      lead={t('identity.staff.lead')}
      onSubmit={() => void submit()}
      foot={<OtherWays />}
    >
      <UsernameField username={username} onText={setUsername} wrong={wrong} />
      <PasswordField password={password} onText={setPassword} />
      {!wrong && <ProblemNotice error={signIn.problem} />}
      <Button type="submit" look="primary" wide busy={signIn.busy} disabled={!username || !password}>
        {t('account.signIn')}
      </Button>
    </Sheet>
  )
}

interface CodeFieldProps {
  spare: boolean
  code: string
  onText: (code: string) => void
}

/** Six digits of the app, or a spare code as it was noted down. */
function CodeField({ spare, code, onText }: CodeFieldProps) {
  if (spare)
    return (
      <TextField
        key="spare"
        label={t('identity.totp.spareCode')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={11}
        autoFocus
        value={code}
        onText={(text) => onText(text.replace(/\s/g, ''))}
      />
    )
  return (
    <TextField
      key="app"
      label={t('identity.totp.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={6}
      autoFocus
      value={code}
      onText={(text) => onText(text.replace(/\D/g, ''))}
    />
  )
}

/** The code as it is typed, of the app or a spare one, and sending it. */
function useCode(onIn: () => void) {
  const [code, setCode] = useState('')
  const [spare, setSpare] = useState(false)
  const verify = useSend('identity.verifyTotp')
  const submit = async (): Promise<void> => {
    if (await verify.run({ body: { code } })) onIn()
  }
  const change = (): void => {
    verify.clear()
    setCode('')
    setSpare(!spare)
  }
  return { code, setCode, spare, change, verify, submit }
}

interface OtherCodesProps {
  spare: boolean
  onChange: () => void
  onBack: () => void
}

function OtherCodes({ spare, onChange, onBack }: OtherCodesProps) {
  return (
    <>
      <Button look="quiet" onClick={onChange}>
        {t(spare ? 'identity.totp.useApp' : 'identity.totp.useSpare')}
      </Button>
      <Button look="quiet" onClick={onBack}>
        {t('do.back')}
      </Button>
    </>
  )
}

function CodeForm({ onIn, onBack }: { onIn: () => void; onBack: () => void }) {
  const { code, setCode, spare, change, verify, submit } = useCode(onIn)
  return (
    <Sheet
      title={t('identity.totp.title')}
      lead={t(spare ? 'identity.totp.spareLead' : 'identity.totp.lead')}
      onSubmit={() => void submit()}
      foot={<OtherCodes spare={spare} onChange={change} onBack={onBack} />}
    >
      <CodeField spare={spare} code={code} onText={setCode} />
      <ProblemNotice error={verify.problem} />
      <Button type="submit" look="primary" wide busy={verify.busy} disabled={code.length !== (spare ? 11 : 6)}>
        {t('identity.signIn.go')}
      </Button>
    </Sheet>
  )
}

/** The step this person is at, and going on from it. */
function useStep() {
  const { me } = useSession()
  const owed: Step = me?.pending.includes('password') ? 'password' : me?.pending.includes('totp') ? 'enrol' : 'start'
  const [chosen, setChosen] = useState<Step | null>(null)
  const next = useSearch().get('next')
  /** What is left to do is the server's word, not ours. */
  const goOn = async (): Promise<void> => {
    const { pending, home } = await renewSession()
    await bringBack()
    if (pending.length === 0) await enter(home, next)
    else setChosen(pending.includes('password') ? 'password' : 'enrol')
  }
  return { step: chosen ?? owed, setStep: setChosen, goOn }
}

/** Staff sign in: password, code, and whatever the account still owes before anything opens to it. */
export default function StaffSignInPage() {
  const { step, setStep, goOn } = useStep()
  const [password, setPassword] = useState('')
  if (step === 'totp') return <CodeForm onIn={() => void goOn()} onBack={() => setStep('start')} />
  if (step === 'password')
    return (
      <NewPassword
        current={password}
        onDone={(fresh) => {
          setPassword(fresh)
          void goOn()
        }}
      />
    )
  if (step === 'enrol') return <Enrol password={password} onDone={() => void goOn()} />
  return (
    <PasswordForm
      onNext={(way, typed) => {
        setPassword(typed)
        if (way === 'totp') setStep('totp')
        else void goOn()
      }}
    />
  )
}
