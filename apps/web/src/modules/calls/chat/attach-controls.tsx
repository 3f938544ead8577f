import { Button, Notice } from '@moinha/ui'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { formatDuration, t } from '../../../platform/i18n/index.ts'
import { classifyProblem, type MediaProblem } from '../media/media-problem.ts'
import { LevelMeter } from '../parts/level-meter.tsx'
import css from './chat.module.css'
import { sendPhoto, sendVoice } from './files-on-their-way.ts'
import { photoToSend } from './photo.ts'
import { mayRecord, record, type Recording } from './recorder.ts'

/** A photo of the device, or taken now. */
export function PhotoControl({ visitId, onRefused }: { visitId: string; onRefused: (refused: boolean) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const chosen = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(event.currentTarget.files ?? [])]
    event.currentTarget.value = ''
    setBusy(true)
    const photos = await Promise.all(files.map((file) => photoToSend(file)))
    setBusy(false)
    onRefused(photos.some((photo) => photo === null))
    for (const photo of photos) if (photo !== null) sendPhoto(visitId, photo)
  }
  return (
    <>
      <input ref={input} type="file" accept="image/*" multiple hidden onChange={(event) => void chosen(event)} />
      <Button look="quiet" icon="camera" iconOnly busy={busy} onClick={() => input.current?.click()}>
        {t('calls.chat.sendPhoto')}
      </Button>
    </>
  )
}

interface VoiceProps {
  onRecording: (recording: Recording) => void
  onProblem: (problem: MediaProblem) => void
}

/** Begins a spoken message; nothing where the browser cannot record. */
export function VoiceControl({ onRecording, onProblem }: VoiceProps) {
  if (!mayRecord()) return null
  const begin = async (): Promise<void> => {
    try {
      // A track of its own: a muted microphone of the call stays muted there.
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const [track] = stream.getAudioTracks()
      if (track) onRecording(record(track))
    } catch (failure) {
      onProblem(classifyProblem(failure))
    }
  }
  return (
    <Button look="quiet" icon="mic" iconOnly onClick={() => void begin()}>
      {t('calls.chat.record')}
    </Button>
  )
}

interface BarProps {
  visitId: string
  recording: Recording
  onOver: () => void
}

/** While one speaks: that one is heard, how long, and the two ways out. */
export function RecordingBar({ visitId, recording, onOver }: BarProps) {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  const over = useRef(onOver)
  useEffect(() => {
    over.current = onOver
  })
  useEffect(() => {
    void recording.done.then((spoken) => {
      if (spoken !== null) sendVoice(visitId, spoken)
      over.current()
    })
    // closed without a tap on "send": the microphone goes back, and nothing leaves by accident
    return recording.giveUp
  }, [recording, visitId])
  return (
    <div className={css.recording}>
      <p role="status">
        <strong>{t('calls.chat.recording')}</strong> <span aria-hidden="true">{formatDuration(seconds)}</span>
      </p>
      <LevelMeter track={recording.track} />
      <div className={css.row}>
        <Button look="quiet" icon="trash" onClick={recording.giveUp}>
          {t('calls.chat.giveUp')}
        </Button>
        <Button look="primary" icon="send" onClick={recording.stop}>
          {t('calls.chat.sendVoice')}
        </Button>
      </div>
    </div>
  )
}

/** Why no spoken message can be recorded; said with the words of the lobby. */
export function VoiceProblem({ problem }: { problem: MediaProblem }) {
  return <Notice tone="error">{t(`calls.problem.microphone.${problem}`)}</Notice>
}
