import { Button, cx, Icon } from '@moinha/ui'
import { useSyncExternalStore } from 'react'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import type { Sending } from '../../../platform/uploads/index.ts'
import css from './chat.module.css'
import { forget, isVoice } from './files-on-their-way.ts'

/** A photo or a spoken message on its way: how far, or why not, and the way to give it up. */
export function SendingLine({ sending }: { sending: Sending }) {
  const { phase, sent, size, problem } = useSyncExternalStore(
    sending.subscribe,
    () => sending.state,
    () => sending.state,
  )
  const failed = phase === 'failed'
  const label = t(isVoice(sending) ? 'calls.chat.voice' : 'calls.chat.photo')
  return (
    <li className={cx(css.line, css.mine, css.unsent)}>
      <p className={css.text}>{label}</p>
      {!failed && <progress className={css.progress} max={size} value={sent} aria-label={label} />}
      <p className={css.state} role="status">
        {failed && <Icon name="alert" size={1.1} />}
        {failed
          ? (wordFor(`error.${problem?.code ?? ''}`) ?? t('error.UNKNOWN'))
          : t(phase === 'waiting' || phase === 'paused' ? 'calls.chat.waiting' : 'calls.chat.sending')}
      </p>
      <Button small look="quiet" icon="x" onClick={() => (failed ? forget(sending) : void sending.cancel())}>
        {t('calls.chat.giveUp')}
      </Button>
    </li>
  )
}
