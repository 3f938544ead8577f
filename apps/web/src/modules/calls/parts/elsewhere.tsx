import { Button, Notice } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { useStore } from './use-store.ts'
import css from './elsewhere.module.css'

/** We are in this visit on another device: which one shall it be? Two windows of one browser cannot both be in. */
export function Elsewhere({ session }: { session: CallSession }) {
  const { phase, inThisBrowser } = useStore(session)
  const busy = phase === 'joining'
  return (
    <Notice tone="warn">
      <p className={css.text}>{t(inThisBrowser ? 'calls.elsewhere.window' : 'calls.elsewhere.device')}</p>
      <div className={css.ways}>
        <Button look="primary" icon="swap-device" busy={busy} onClick={() => void session.joinBeside('move')}>
          {t('calls.elsewhere.move')}
        </Button>
        {!inThisBrowser && (
          <Button icon="mic-off" busy={busy} onClick={() => void session.joinBeside('both')}>
            {t('calls.elsewhere.both')}
          </Button>
        )}
      </div>
    </Notice>
  )
}
