import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { call, isProblem, newId, queryFor, refresh, type ReplyOf } from '../../../platform/api/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import type { CallSession } from '../call-session.ts'
import { readSoon } from '../data.ts'
import { backoffMs } from '../transport/backoff.ts'
import { CallRecorder, canRecord } from './call-recorder.ts'
import { SpanKeeper } from './span-keeper.ts'

export type Recording = NonNullable<ReplyOf<'calls.readRecording'>['recording']>

/** How often it is looked at whether the recording stands as it is shown, should a message have been lost. */
const lookMs = 60_000
/** Everybody is to read soon that it records, and a hundred pages not in one moment. */
const longestWaitMs = 2000

/** The recording of a visit, read when the page enters and whenever the server says that it changed. */
export function useRecording(visitId: string, members: number): Recording | null {
  const { data } = useQuery({ ...queryFor('calls.readRecording', { params: { visitId } }), staleTime: 0 })
  const mine = data?.recording?.mine === true
  useLive('call:recording', (message: { visitId: string }) => {
    // whose page records stops at once
    if (message.visitId === visitId) readSoon('calls.readRecording', { members: mine ? 1 : members, longestWaitMs })
  })
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
  const keeper = useRef<SpanKeeper | null>(null)
  const recordingId = recording?.mine === true ? recording.recordingId : undefined
  useEffect(() => {
    if (recordingId === undefined || !canRecord()) return
    const made = new SpanKeeper({
      open: (spanId) => open({ visitId, recordingId }, spanId),
      isRefusal: (error) => isProblem(error) && error.status >= 400 && error.status < 500,
      record: (spanId) => new CallRecorder(session, spanId),
      readAgain: () => void refresh('calls.readRecording'),
      newId,
      waitMs: backoffMs,
    })
    keeper.current = made
    return () => made.close()
  }, [visitId, session, recordingId])
  useEffect(() => keeper.current?.look(recording), [recording])
}

async function open(params: { visitId: string; recordingId: string }, spanId: string): Promise<Recording | null> {
  const { recording } = await call('calls.openRecordingSpan', { params, body: { spanId } })
  void refresh('calls.readRecording')
  return recording
}
