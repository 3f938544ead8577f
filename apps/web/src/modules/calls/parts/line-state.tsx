import { Button } from '@moinha/ui'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import css from './call-room.module.css'
import { useStore } from './use-store.ts'

/** A shorter loss is over before anybody has read a clock. */
const LONG_LOSS_MS = 10_000

/** What is the matter with our own line, microphone or sound, and that the visit goes on. */
export function LineState({ session, call }: { session: CallSession; call: CallSnapshot }) {
  const interrupted = useStore(session.interrupted)
  return (
    <>
      <p className={css.line} role="status">
        {lineWords(call)}
      </p>
      {interrupted && call.microphone && (
        <p className={css.line} role="status">
          {t('calls.room.micTaken')}
        </p>
      )}
      {call.quiet && (
        <p className={css.quiet}>
          <span>{t('calls.room.quiet')}</span>
          <Button small icon="sound" onClick={() => session.transport?.setQuiet(false)}>
            {t('calls.room.quietOff')}
          </Button>
        </p>
      )}
    </>
  )
}

/** The line to the server is not the call: pictures and sound may well go on. */
function lineWords({ state, lostSince, participants }: CallSnapshot): string {
  if (state !== 'reconnecting') return ''
  if (participants.some((person) => person.state === 'connected')) return t('calls.room.lineLost')
  if (lostSince === null || Date.now() - lostSince < LONG_LOSS_MS) return t('calls.room.reconnecting')
  return t('calls.room.lostSince', { time: formatTime(new Date(lostSince)) })
}
