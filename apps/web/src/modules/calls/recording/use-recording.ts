import { useEffect, useRef } from 'react'
import { call, newId, refresh, useRead, type ReplyOf } from '../../../platform/api/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import type { CallSession } from '../call-session.ts'
import { CallRecorder, canRecord } from './call-recorder.ts'

export type Recording = NonNullable<ReplyOf<'calls.readRecording'>['recording']>

/** How often it is looked at whether the recording stands as it is shown, should a message have been lost. */
const lookMs = 60_000

/** The recording of a visit, read again whenever somebody answers, comes or goes. */
export function useRecording(visitId: string): Recording | null {
  const { data } = useRead('calls.readRecording', { params: { visitId } })
  const again = (message: { visitId: string }): void => {
    if (message.visitId === visitId) void refresh('calls.readRecording')
  }
  useLive('call:recording', again)
  useLive('call:joined', again)
  useLive('call:left', again)
  useEffect(() => {
    const timer = setInterval(() => void refresh('calls.readRecording'), lookMs)
    return () => clearInterval(timer)
  }, [])
  return data?.recording ?? null
}

/**
 * Records on the page of whoever asked: begins when everybody has said yes, stops the moment that is no more so. After
 * a reload it goes on with a new span.
 */
export function useRecorder(visitId: string, session: CallSession, recording: Recording | null): void {
  const recorder = useRef<CallRecorder | null>(null)
  const wanted = recording?.mine === true && (recording.phase === 'allowed' || recording.phase === 'running')
  const recordingId = recording?.recordingId
  useEffect(() => {
    if (!wanted || recordingId === undefined || !canRecord()) return
    let over = false
    void begin({ visitId, recordingId }, session, () => over).then((begun) => void (recorder.current = begun))
    return () => {
      over = true
      recorder.current?.stop()
      recorder.current = null
    }
  }, [visitId, session, wanted, recordingId])
}

async function begin(
  params: { visitId: string; recordingId: string },
  session: CallSession,
  over: () => boolean,
): Promise<CallRecorder | null> {
  const spanId = newId()
  const opened = await call('calls.openRecordingSpan', { params, body: { spanId } }).catch(() => undefined)
  await refresh('calls.readRecording')
  return opened?.recording?.phase === 'running' && !over() ? new CallRecorder(session, spanId) : null
}
