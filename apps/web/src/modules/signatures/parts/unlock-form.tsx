import { Button, TextField } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { holdUnlocking } from '../unlocked.ts'
import css from './signatures.module.css'

/** The passphrase of one's key, typed once for all that is signed in the next quarter of an hour. */
export function UnlockForm({ onUnlocked }: { onUnlocked: () => void }) {
  const sending = useSend('signatures.unlockKey')
  const [passphrase, setPassphrase] = useState('')
  const unlock = async (): Promise<void> => {
    const unlocked = await sending.run({ body: { passphrase } })
    if (!unlocked) return
    holdUnlocking(unlocked)
    setPassphrase('')
    onUnlocked()
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void unlock()
      }}
    >
      <TextField
        label={t('signatures.unlock.passphrase')}
        hint={t('signatures.unlock.hint')}
        type="password"
        autoComplete="off"
        value={passphrase}
        onText={setPassphrase}
      />
      <ProblemNotice error={sending.problem} />
      <Button look="primary" icon="check" type="submit" busy={sending.busy} disabled={passphrase === ''}>
        {t('signatures.unlock.do')}
      </Button>
    </form>
  )
}
