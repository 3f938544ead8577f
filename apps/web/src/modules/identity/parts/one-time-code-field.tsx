import { TextField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'

/** Six digits out of a text message; the phone may offer them. */
export function OneTimeCodeField({ code, onText }: { code: string; onText: (code: string) => void }) {
  return (
    <TextField
      label={t('identity.signIn.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={6}
      autoFocus
      value={code}
      onText={(text) => onText(text.replace(/\D/g, ''))}
    />
  )
}
