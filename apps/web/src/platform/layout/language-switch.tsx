import { Button } from '@moinha/ui'
import { call } from '../api/index.ts'
import { setLanguage, t, useLanguage } from '../i18n/index.ts'
import { useSession } from '../session/index.ts'

/** One tap to the other language, named in that language. Remembered on the device and, signed in, with the account. */
export function LanguageSwitch({ className }: { className?: string | undefined }) {
  const other = useLanguage() === 'vi' ? 'en' : 'vi'
  const { signedIn } = useSession()
  const change = async (): Promise<void> => {
    await setLanguage(other).catch(() => undefined)
    if (signedIn) await call('identity.updateMe', { body: { language: other } }).catch(() => undefined)
  }
  return (
    <Button
      look="quiet"
      small
      icon="globe"
      lang={other}
      className={className}
      title={t('language.switch')}
      onClick={() => void change()}
    >
      {other === 'vi' ? 'Tiếng Việt' : 'English'}
    </Button>
  )
}
