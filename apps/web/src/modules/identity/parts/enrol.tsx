import { Button, Notice, TextField } from '@moinha/ui'
import { lazy, Suspense, useState } from 'react'
import { type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from './enrol.module.css'
import { Sheet } from './sheet.tsx'

// Only who enrols needs it: the drawing of QR pictures is a chunk of its own.
const QrPicture = lazy(async () => ({ default: (await import('../../../platform/qr/qr-picture.tsx')).QrPicture }))

type Start = ReplyOf<'identity.startTotp'>

function Begin({ password, onStarted }: { password: string; onStarted: (start: Start) => void }) {
  const [typed, setTyped] = useState(password)
  const start = useSend('identity.startTotp')
  const submit = async (): Promise<void> => {
    const reply = await start.run({ body: { password: typed } })
    if (reply) onStarted(reply)
  }
  return (
    <Sheet title={t('identity.enrol.title')} lead={t('identity.enrol.lead')} onSubmit={() => void submit()}>
      {!password && (
        <TextField
          label={t('identity.staff.password')}
          type="password"
          autoComplete="current-password"
          value={typed}
          onText={setTyped}
        />
      )}
      <ProblemNotice error={start.problem} />
      <Button type="submit" look="primary" wide busy={start.busy} disabled={!typed}>
        {t('identity.enrol.begin')}
      </Button>
    </Sheet>
  )
}

/** The key for the app: as a picture, as letters to type, as a link that opens it. */
function AppKey({ uri, secret }: Start) {
  return (
    <>
      <div className={css.qr}>
        <Suspense>
          <QrPicture text={uri} label={t('identity.enrol.qr')} />
        </Suspense>
      </div>
      <code className={css.secret}>{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      <a href={uri}>{t('identity.enrol.open')}</a>
    </>
  )
}

function SpareCodes({ backupCodes }: Start) {
  return (
    <Notice tone="warn" still title={t('identity.enrol.spare')}>
      <ul className={css.spare}>
        {backupCodes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Notice>
  )
}

function CodeField({ code, onText }: { code: string; onText: (code: string) => void }) {
  return (
    <TextField
      label={t('identity.totp.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={6}
      value={code}
      onText={(text) => onText(text.replace(/\D/g, ''))}
    />
  )
}

/** Joins an authenticator app: the key to type or open, spare codes to keep, a first code to prove it. */
export function Enrol({ password, onDone }: { password: string; onDone: () => void }) {
  const [start, setStart] = useState<Start | null>(null)
  const [code, setCode] = useState('')
  const confirm = useSend('identity.confirmTotp')
  const submit = async (): Promise<void> => {
    if (await confirm.run({ body: { code } })) onDone()
  }
  if (!start) return <Begin password={password} onStarted={setStart} />
  return (
    <Sheet title={t('identity.enrol.title')} lead={t('identity.enrol.type')} onSubmit={() => void submit()}>
      <AppKey {...start} />
      <SpareCodes {...start} />
      <CodeField code={code} onText={setCode} />
      <ProblemNotice error={confirm.problem} />
      <Button type="submit" look="primary" wide busy={confirm.busy} disabled={code.length !== 6}>
        {t('identity.enrol.finish')}
      </Button>
    </Sheet>
  )
}
