import { z } from 'zod'
import { Id, Instant, Items } from '../common.ts'
import { defineRoute } from '../route.ts'

const visitParams = z.object({ visitId: Id })
const recordingParams = z.object({ visitId: Id, recordingId: Id })

/** With a patient everybody consents; in a meeting it is announced. */
export const RecordingBasis = z.enum(['consent', 'announced'])
/** `asking`: not everybody in the room has said yes; `allowed`: nothing runs, and it may; `running`: a span is open. */
export const RecordingPhase = z.enum(['asking', 'allowed', 'running', 'ended'])
export const RecordingEnd = z.enum(['stopped', 'refused', 'withdrawn', 'finished'])

/** One person of the room and what they answered. */
export const RecordingAnswer = z.object({ personId: Id, name: z.string(), consented: z.boolean() })

/** The recording of a visit as everybody in it sees it. */
export const Recording = z.object({
  recordingId: Id,
  basis: RecordingBasis,
  phase: RecordingPhase,
  askedByName: z.string(),
  /** Does it run on my page, or rather: am I the one who asked? */
  mine: z.boolean(),
  /** The stretch that runs now: a page that records another one stops. */
  spanId: Id.nullable(),
  /** Who records that stretch: the page of whoever asked, or the media side. */
  recordedBy: z.enum(['page', 'server']).nullable(),
  /** Must I answer? */
  answerWanted: z.boolean(),
  answers: z.array(RecordingAnswer),
  endedAs: RecordingEnd.nullable(),
})

/** A stretch of a recording that plays as one file. */
export const RecordedSpan = z.object({
  spanId: Id,
  /** Who recorded it, as they are called in the visit. */
  recordedByName: z.string(),
  openedAt: Instant,
  /** Of what has come in so far. */
  seconds: z.number(),
  bytes: z.number().int(),
  mediaType: z.string(),
})

export type RecordingPhase = z.infer<typeof RecordingPhase>
export type Recording = z.infer<typeof Recording>
export type RecordedSpan = z.infer<typeof RecordedSpan>

const Reply = z.object({ recording: Recording.nullable() })

export const readRecording = defineRoute({
  id: 'calls.readRecording',
  method: 'GET',
  path: '/api/calls/visits/:visitId/recording',
  permission: 'call.join',
  guests: true,
  summary: 'Is this visit recorded, may it be, and what did everybody answer',
  params: visitParams,
  reply: Reply,
})

export const askRecording = defineRoute({
  id: 'calls.askRecording',
  method: 'POST',
  path: '/api/calls/visits/:visitId/recording',
  permission: 'call.join',
  idempotent: true,
  summary: 'Ask everybody in the room to be recorded; in a meeting, announce it',
  params: visitParams,
  body: z.object({ recordingId: Id }),
  reply: Reply,
})

export const answerRecording = defineRoute({
  id: 'calls.answerRecording',
  method: 'POST',
  path: '/api/calls/visits/:visitId/recording/:recordingId/answer',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'Consent to be recorded, refuse, or take consent back, which ends the recording at once',
  params: recordingParams,
  body: z.object({
    consent: z.boolean(),
    /** Which text of the question was read; a page from before there were numbers showed the first. */
    textVersion: z.number().int().min(1).max(2).default(1),
  }),
  reply: Reply,
})

export const openRecordingSpan = defineRoute({
  id: 'calls.openRecordingSpan',
  method: 'POST',
  path: '/api/calls/visits/:visitId/recording/:recordingId/spans',
  permission: 'call.join',
  idempotent: true,
  summary: 'Begin to record, or go on after a pause; refused unless everybody in the room has consented',
  params: recordingParams,
  body: z.object({ spanId: Id }),
  reply: Reply,
})

export const stopRecording = defineRoute({
  id: 'calls.stopRecording',
  method: 'POST',
  path: '/api/calls/visits/:visitId/recording/:recordingId/stop',
  permission: 'call.join',
  idempotent: true,
  summary: 'End the recording',
  params: recordingParams,
  reply: Reply,
})

export const listRecordings = defineRoute({
  id: 'calls.listRecordings',
  method: 'GET',
  path: '/api/calls/visits/:visitId/recordings',
  permission: 'call.join',
  summary: 'What was recorded of a visit, for who leads it, the patient, and whoever may read the record it belongs to',
  params: visitParams,
  reply: Items(RecordedSpan),
})

export const playRecording = defineRoute({
  id: 'calls.playRecording',
  method: 'GET',
  path: '/api/calls/visits/:visitId/recordings/:spanId',
  permission: 'call.join',
  summary: 'A recorded stretch, whole or by range',
  params: z.object({ visitId: Id, spanId: Id }),
  produces: ['video/webm', 'video/mp4', 'audio/webm', 'audio/mp4'],
  reply: z.unknown(),
  replies: { 206: z.unknown() },
})

export const recordingRoutes = {
  readRecording,
  askRecording,
  answerRecording,
  openRecordingSpan,
  stopRecording,
  listRecordings,
  playRecording,
}
