import { randomUUID } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact, Work } from '../../../platform/db/work.ts'
import { retainFile, type Files } from '../../../platform/files/files.ts'
import type { Log } from '../../../platform/log/log.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import type { Jobs } from '../../../platform/jobs/jobs.ts'
import type { EgressEnd } from '../domain/media-event.ts'
import { mediaRoom } from '../domain/media-pass.ts'
import { recordedFile, spanOfFile } from '../domain/recorded-file.ts'
import { leastYears, retainedUntil } from '../domain/recording-rules.ts'
import { serverOf, type CallEngine } from '../ports/livekit.ts'
import type { EgressFolder } from '../ports/egress-folder.ts'
import {
  endEgress,
  egressSpan,
  nameEgress,
  spanOfEgress,
  isClosedSpan,
  waitingSpans,
  type EgressSpan,
} from '../store/egress-rows.ts'
import { closeSpans, insertChunk, yearsOfSpan } from '../store/recording-rows.ts'

interface OfSpan {
  spanId: string
}

const startJob = defineJob<OfSpan>('calls.startRecorder', { vi: 'Bắt đầu ghi ở máy chủ', en: 'Begin to record a room' })
const stopJob = defineJob<OfSpan>('calls.stopRecorder', { vi: 'Dừng ghi ở máy chủ', en: 'Stop recording a room' })
const takeJob = defineJob<OfSpan & { ms: number }>('calls.takeRecorded', {
  vi: 'Cất bản ghi từ máy chủ',
  en: 'Take in what was recorded',
})

export interface RecorderParts {
  jobs: Jobs
  transact: Transact
  files: Files
  engine: () => CallEngine
  folder: EgressFolder
  log: Pick<Log, 'warn'>
}

/** The media side records this span. */
export const startAtServer = (work: Work, spanId: string): Promise<void> => work.enqueue(startJob, { spanId })
/** It does so no longer. */
export const stopAtServer = (work: Work, spanId: string): Promise<void> => work.enqueue(stopJob, { spanId })

/** The media side says that it ended: asked for, or by itself, which ends the span too. Runs as the system. */
export async function takeEgressEnd(work: Work, { egressId, failed, ms }: EgressEnd): Promise<void> {
  const span = await spanOfEgress(work.tx, egressId)
  if (span && !span.egress_over_at) await ended(work, span, { failed, ms })
}

async function ended(work: Work, span: EgressSpan, { failed, ms }: { failed: boolean; ms: number }): Promise<void> {
  const closed = await closeSpans(work.tx, span.recording_id, work.now, { spanId: span.id })
  if (closed.length > 0) await work.live(`visit:${span.visit_id}`, 'call:recording', { visitId: span.visit_id })
  if (failed) await endEgress(work.tx, span.id, { at: work.now, failed })
  // a half that a failure left is no film, and must not lie about
  await work.enqueue(takeJob, { spanId: span.id, ms })
}

/** Nobody begins what was closed while it waited; who cannot begin gives the span back to the asker's page. */
async function start({ transact, engine, folder }: RecorderParts, { spanId }: OfSpan): Promise<void> {
  const span = await transact(systemActor, ({ tx }) => egressSpan(tx, spanId), 'call:recorder')
  if (!span || span.closed_at || span.egress_id) return
  const recorder = serverOf(engine(), span)?.recorder
  const room = mediaRoom(span.visit_id, span.media_room_no)
  const egressId = await recorder?.start(room, folder.pathOf(recordedFile(spanId))).catch(() => undefined)
  if (recorder === undefined || egressId === undefined)
    return transact(systemActor, (work) => ended(work, span, { failed: true, ms: 0 }), 'call:recorder')
  const open = await transact(systemActor, ({ tx }) => nameEgress(tx, spanId, egressId), 'call:recorder')
  if (!open) await recorder.stop(egressId)
}

async function stop({ transact, engine }: RecorderParts, { spanId }: OfSpan): Promise<void> {
  const span = await transact(systemActor, ({ tx }) => egressSpan(tx, spanId), 'call:recorder')
  // not begun yet: whoever begins it sees that it is closed
  if (span?.egress_id) await serverOf(engine(), span)?.recorder.stop(span.egress_id)
}

/** Its file goes into the house, sealed, unless it failed, and leaves the shared folder. Two at once: one is kept. */
async function take(
  { transact, files, folder }: RecorderParts,
  { spanId, ms }: OfSpan & { ms: number },
): Promise<void> {
  const span = await transact(systemActor, ({ tx }) => egressSpan(tx, spanId), 'call:recorder')
  if (!span) return
  const name = recordedFile(spanId)
  if (!span.egress_over_at) {
    const fileId = randomUUID()
    const made = { id: fileId, purpose: 'recording_chunk', subjectId: spanId, name: '' }
    const keep = await files.write(made, folder.read(name))
    const kept = await transact(systemActor, (work) => keepRecorded(work, { span, fileId, keep, ms }), 'call:recorder')
    if (!kept) await files.bytes.remove(fileId)
  }
  await folder.remove(name)
}

interface Recorded {
  span: EgressSpan
  fileId: string
  keep: (work: Work) => Promise<unknown>
  ms: number
}

async function keepRecorded(work: Work, { span: { id }, fileId, keep, ms }: Recorded): Promise<boolean> {
  if (!(await endEgress(work.tx, id, { at: work.now, failed: false }))) return false
  await keep(work)
  await insertChunk(work.tx, { span_id: id, no: 0, file_id: fileId, until_ms: Math.max(1, Math.round(ms)) })
  await retainFile(work, fileId, retainedUntil(work.now, (await yearsOfSpan(work.tx, id)) ?? leastYears))
  return true
}

/** How often it is looked at whether what should rest does, and how long news may take that it ended. */
const LOOK_SECONDS = 10
const NEWS_MS = 60_000
/** A file that is not there so long after is not coming. */
const LOST_MS = 3_600_000

/**
 * Whatever became of jobs and news: what still records a span that is closed is stopped, and what ended unheard is
 * taken in. What records for others behind the same media server is left alone.
 */
async function look(parts: RecorderParts): Promise<void> {
  const { transact, engine, folder } = parts
  if (engine().livekit === null) return
  const { running, answered, silent } = await stopClosed(parts)
  const { waiting, now } = await transact(
    systemActor,
    async ({ tx, now }) => ({ waiting: await waitingSpans(tx, new Date(now.getTime() - NEWS_MS)), now }),
    'call:recorder',
  )
  for (const span of waiting) {
    if (span.egress_id && running.has(span.egress_id)) continue
    // it may go on at a media server that did not say so
    if (silent && !answered.has(span.media_node ?? '')) continue
    const there = await folder.isThere(recordedFile(span.id))
    // one that is not there may still be on its way, unless nothing records what stands open
    const failed = !there && (span.closed_at === null || now.getTime() - span.closed_at.getTime() > LOST_MS)
    if (!there && !failed) continue
    const end = (work: Work) => ended(work, span, { failed, ms: lengthOf(span, work.now) })
    await transact(systemActor, end, 'call:recorder')
  }
}

/** What goes on recording, by the media servers that answered, and whether any did not. */
interface Running {
  running: Set<string>
  answered: Set<string>
  silent: boolean
}

async function stopClosed({ transact, engine, log }: RecorderParts): Promise<Running> {
  const running = new Set<string>()
  const answered = new Set<string>()
  const { alive } = engine()
  for (const { url, livekit } of alive) {
    try {
      for (const { egressId, file } of await livekit.recorder.running()) {
        running.add(egressId)
        const spanId = spanOfFile(file)
        const closed = spanId && (await transact(systemActor, ({ tx }) => isClosedSpan(tx, spanId), 'call:recorder'))
        if (closed) await livekit.recorder.stop(egressId)
      }
      answered.add(url)
    } catch (error) {
      log.warn({ err: error, url }, 'what records at a media server could not be looked at')
    }
  }
  return { running, answered, silent: answered.size < alive.length }
}

const lengthOf = ({ opened_at, closed_at }: EgressSpan, now: Date): number =>
  (closed_at ?? now).getTime() - opened_at.getTime()

/** Only where the settings name a folder that egress writes to. */
export function registerRecorderJobs(parts: RecorderParts): void {
  parts.jobs.onOutside(startJob, (of) => start(parts, of))
  parts.jobs.onOutside(stopJob, (of) => stop(parts, of))
  parts.jobs.onOutside(takeJob, (of) => take(parts, of))
  parts.jobs.sweep('what records at the media side', LOOK_SECONDS, () => look(parts))
}
