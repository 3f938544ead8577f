import { Button } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { playTestTone } from '../media/test-tone.ts'
import css from './call-lobby.module.css'

type Heard = 'untried' | 'playing' | 'asked' | 'heard' | 'silent'

/** A tone, and whether it was heard: the one thing about a call that no machine can measure. */
export function SpeakerTest() {
  const [heard, setHeard] = useState<Heard>('untried')
  const play = async (): Promise<void> => {
    setHeard('playing')
    await playTestTone().catch(() => undefined)
    setHeard('asked')
  }
  if (heard === 'asked')
    return (
      <div className={css.asked}>
        <Button icon="check" onClick={() => setHeard('heard')}>
          {t('calls.lobby.speakerHeard')}
        </Button>
        <Button look="quiet" onClick={() => setHeard('silent')}>
          {t('calls.lobby.speakerSilent')}
        </Button>
      </div>
    )
  return (
    <div className={css.asked}>
      <Button look="quiet" icon="sound" busy={heard === 'playing'} onClick={() => void play()}>
        {t(heard === 'playing' ? 'calls.lobby.speakerPlaying' : 'calls.lobby.speaker')}
      </Button>
      <p role="status" className={css.hint}>
        {heard === 'heard' && t('calls.lobby.speakerGood')}
        {heard === 'silent' && t('calls.lobby.speakerHelp')}
      </p>
    </div>
  )
}
