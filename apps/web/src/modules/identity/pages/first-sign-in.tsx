import { Button, TextField } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { enter } from '../data.ts'
import { Enrol } from '../parts/enrol.tsx'
import { Sheet } from '../parts/sheet.tsx'

type Whom = ReplyOf<'identity.lookFirstCode'>

/**
 * The code behind `#`, which no server sees; it leaves the address at once, so that it does not stay in the history.
 */
function codeOfAddress(): string {
  const code = decodeURIComponent(location.hash.slice(1))
  if (code) history.replaceState(history.state, '', location.pathname)
  return code
}

/** Looks whose code it is; whoever came by a link or a QR picture need not press anything. */
function useLook(code: string, onWhom: (whom: Whom) => void) {
  const look = useSend('identity.lookFirstCode')
  const submit = async (): Promise<void> => {
    const whom = await look.run({ body: { code } })
    if (whom) onWhom(whom)
  }
  const byLink = useRef(code ? submit : null)
  useEffect(() => {
    const look = byLink.current
    byLink.current = null
    void look?.()
  }, [])
  return { look, submit }
}

interface CodeFieldProps {
  code: string
  onCode(code: string): void
  wrong: boolean
}

function CodeField({ code, onCode, wrong }: CodeFieldProps) {
  return (
    <TextField
      label={t('identity.first.code')}
      hint={t('identity.first.codeHint')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      value={code}
      onText={onCode}
      error={wrong && t('error.FIRST_CODE_WRONG')}
    />
  )
}

function CodeForm({ code, onCode, onWhom }: { code: string; onCode(code: string): void; onWhom(whom: Whom): void }) {
  const { look, submit } = useLook(code, onWhom)
  const wrong = look.problem?.code === 'INVALID_INPUT'
  return (
    <Sheet
      title={t('identity.first.title')}
      lead={t('identity.first.lead')}
      onSubmit={() => void submit()}
      foot={<a href="/work/sign-in">{t('identity.staff.title')}</a>}
    >
      <CodeField code={code} onCode={onCode} wrong={wrong} />
      {!wrong && <ProblemNotice error={look.problem} />}
      <Button type="submit" look="primary" wide busy={look.busy} disabled={!code}>
        {t('identity.first.look')}
      </Button>
    </Sheet>
  )
}

interface PasswordProps {
  code: string
  whom: Whom
  onDone(next: ReplyOf<'identity.firstSignIn'>, password: string): void
  onBack(): void
}

/** The password typed twice, and setting it. */
function useOwnPassword({ code, whom, onDone }: Omit<PasswordProps, 'onBack'>) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const set = useSend('identity.firstSignIn')
  const ready = password.length >= whom.leastPassword && again === password
  const submit = async (): Promise<void> => {
    const next = ready ? await set.run({ body: { code, password } }) : undefined
    if (next) onDone(next, password)
  }
  return { password, setPassword, again, setAgain, set, ready, submit }
}

function PasswordField({ least, value, onText }: { least: number; value: string; onText: (text: string) => void }) {
  return (
    <TextField
      label={t('identity.first.password')}
      hint={t('identity.password.hint', { count: least })}
      type="password"
      autoComplete="new-password"
      autoFocus
      value={value}
      onText={onText}
    />
  )
}

interface AgainFieldProps {
  password: string
  again: string
  onText: (text: string) => void
}

/** The password once more; said to differ as soon as it cannot become the same. */
function AgainField({ password, again, onText }: AgainFieldProps) {
  const differs = again.length > 0 && !password.startsWith(again) && again !== password
  return (
    <TextField
      label={t('identity.first.again')}
      type="password"
      autoComplete="new-password"
      value={again}
      onText={onText}
      error={differs && t('identity.first.differs')}
    />
  )
}

function PasswordForm({ onBack, ...given }: PasswordProps) {
  const { fullName, username, leastPassword } = given.whom
  const { password, setPassword, again, setAgain, set, ready, submit } = useOwnPassword(given)
  return (
    <Sheet
      title={t('identity.first.hello', { name: fullName })}
      lead={t('identity.first.set', { username })}
      onSubmit={() => void submit()}
      foot={
        <Button look="quiet" onClick={onBack}>
          {t('identity.first.notMe')}
        </Button>
      }
    >
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField least={leastPassword} value={password} onText={setPassword} />
      <AgainField password={password} again={again} onText={setAgain} />
      <ProblemNotice error={set.problem} />
      <Button type="submit" look="primary" wide busy={set.busy} disabled={!ready}>
        {t('identity.first.enter')}
      </Button>
    </Sheet>
  )
}

/**
 * The first sign-in with a one-time code: whose it is, a password of one's own, and an authenticator app where one is
 * due.
 */
export default function FirstSignInPage() {
  const [code, setCode] = useState(codeOfAddress)
  const [whom, setWhom] = useState<Whom | null>(null)
  const [enrol, setEnrol] = useState<{ password: string; home: string } | null>(null)
  if (enrol) return <Enrol password={enrol.password} onDone={() => void enter(enrol.home)} />
  if (!whom) return <CodeForm code={code} onCode={setCode} onWhom={setWhom} />
  return (
    <PasswordForm
      code={code}
      whom={whom}
      onBack={() => {
        setCode('')
        setWhom(null)
      }}
      onDone={({ next, home }, password) => {
        if (next === 'enrol') setEnrol({ password, home })
        else if (next === 'totp') navigate('/work/sign-in')
        else void enter(home)
      }}
    />
  )
}
