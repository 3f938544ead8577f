import { Button, Notice } from '@moinha/ui'
import { MESSAGE_CHARS } from '@moinha/contracts/message-limits'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { newId, openedAsGuest } from '../../../platform/api/index.ts'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import { useStore } from '../parts/use-store.ts'
import type { MediaProblem } from '../media/media-problem.ts'
import { PhotoControl, RecordingBar, VoiceControl, VoiceProblem } from './attach-controls.tsx'
import css from './chat.module.css'
import type { Outbox } from './outbox.ts'
import type { Recording } from './recorder.ts'

/** Where Enter sends: with a keyboard under the hands. On a phone it begins a new line, as people know it there. */
const entersSend = (): boolean => window.matchMedia('(pointer: fine)').matches

/** The line to write; what is typed stays until it was taken, over every change of the screen. */
export function Composer({ visitId, outbox }: { visitId: string; outbox: Outbox }) {
  const [recording, setRecording] = useState<Recording | null>(null)
  const [problem, setProblem] = useState<MediaProblem | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  if (recording !== null)
    return <RecordingBar visitId={visitId} recording={recording} onOver={() => setRecording(null)} />
  const begin = (begun: Recording): void => {
    setProblem(null)
    setRecording(begun)
  }
  return (
    <div className={css.composer}>
      {problem !== null && <VoiceProblem problem={problem} />}
      {unreadable && <Notice tone="error">{t('calls.chat.unreadable')}</Notice>}
      <TextLine outbox={outbox}>
        {!openedAsGuest() && (
          <>
            <PhotoControl visitId={visitId} onRefused={setUnreadable} />
            <VoiceControl onRecording={begin} onProblem={setProblem} />
          </>
        )}
      </TextLine>
    </div>
  )
}

function TextLine({ outbox, children }: { outbox: Outbox; children: ReactNode }) {
  const { draft } = useStore(outbox)
  const id = useId()
  const text = draft.trim()
  const tooLong = text.length > MESSAGE_CHARS
  const send = (): void => {
    if (text === '' || tooLong) return
    outbox.put({ id: newId(), kind: 'text', text })
    outbox.type('')
  }
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || !entersSend()) return
    event.preventDefault()
    send()
  }
  return (
    <>
      {tooLong && (
        <p className={css.tooLong} id={`${id}-error`} role="alert">
          {t('calls.chat.tooLong', { count: formatNumber(text.length), max: formatNumber(MESSAGE_CHARS) })}
        </p>
      )}
      <div className={css.row}>
        {children}
        <textarea
          className={css.input}
          rows={1}
          value={draft}
          aria-label={t('calls.chat.write')}
          placeholder={t('calls.chat.write')}
          aria-invalid={tooLong || undefined}
          aria-describedby={tooLong ? `${id}-error` : undefined}
          onChange={(event) => outbox.type(event.currentTarget.value)}
          onKeyDown={pressed}
        />
        <Button look="primary" icon="send" iconOnly disabled={text === '' || tooLong} onClick={send}>
          {t('calls.chat.send')}
        </Button>
      </div>
    </>
  )
}
