import { z } from 'zod'
import { systemActor } from '../../platform/access/actor.ts'
import { asSystem, type Work } from '../../platform/db/work.ts'
import type { StoredFile } from '../../platform/files/file-rows.ts'
import { retainFile } from '../../platform/files/files.ts'
import { recordingTypes } from '../../platform/files/media-types.ts'
import type { UploadPurpose } from '../../platform/files/upload-purposes.ts'
import { isWithinSpan, leastYears, retainedUntil } from './domain/recording-rules.ts'
import { callsErrors } from './errors.ts'
import { insertChunk, spanOf, yearsOfSpan } from './store/recording-rows.ts'

const Chunk = z.object({ no: z.number().int().min(0).max(100_000), untilMs: z.number().int().min(1).max(86_400_000) })
type Chunk = z.infer<typeof Chunk>

/** Five seconds at 4 Mbit/s are 2.5 MB. */
const maxBytes = 16 * 1_048_576

/** Who opened the span sends it, and nothing of what was captured after it was closed, however late it comes. */
async function maySendChunk(work: Work, spanId: string, { untilMs }: Chunk): Promise<void> {
  const span = await asSystem(work, systemActor, ({ tx }) => spanOf(tx, spanId))
  if (span?.opened_by !== work.actor.personId) throw callsErrors.RECORDING_UNKNOWN()
  if (!isWithinSpan(untilMs, span.opened_at, span.closed_at, work.now)) throw callsErrors.RECORDING_OVER()
}

async function keepChunk(work: Work, file: StoredFile): Promise<void> {
  const { no, untilMs } = file.detail as Chunk
  const years = await asSystem(work, systemActor, async ({ tx }) => {
    await insertChunk(tx, { span_id: file.subjectId, no, file_id: file.id, until_ms: untilMs })
    return yearsOfSpan(tx, file.subjectId)
  })
  await retainFile(work, file.id, retainedUntil(work.now, years ?? leastYears))
}

/** Some seconds of a recording, as the recording page sends them while it goes on. */
export const recordingChunk: UploadPurpose = {
  code: 'recording_chunk',
  mediaTypes: recordingTypes,
  maxBytes,
  detail: Chunk,
  continues: (detail) => (detail as Chunk).no > 0,
  mayUpload: (work, spanId, detail) => maySendChunk(work, spanId, detail as Chunk),
  onComplete: keepChunk,
}
