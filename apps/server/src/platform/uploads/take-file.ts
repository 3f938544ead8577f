import { createHash } from 'node:crypto'
import { systemActor } from '../access/actor.ts'
import { asSystem, type Work } from '../db/work.ts'
import { CodedError, platformErrors } from '../errors/coded-error.ts'
import { fileRow, storedFile, updateFile, type FileRow } from '../files/file-rows.ts'
import type { Files } from '../files/files.ts'
import { agrees, headBytes, sniff, type MediaType } from '../files/media-types.ts'
import type { UploadPurpose } from '../files/upload-purposes.ts'

/** A file on its way in, and what it is for. */
export interface Incoming {
  row: FileRow
  purpose: UploadPurpose
}

/** What was read off the bytes. */
export interface Judged {
  mediaType: MediaType
  sha256: Buffer
}

function typeOf({ row, purpose }: Incoming, head: Uint8Array): MediaType {
  if (purpose.continues?.(row.detail)) return 'application/octet-stream'
  const type = sniff(head)
  if (type && purpose.mediaTypes.includes(type) && agrees(row.said_type, type)) return type
  throw platformErrors.FILE_TYPE_REFUSED()
}

/** A file that is none of those taken is refused with its first bytes, not its last. */
export async function* watchHead(incoming: Incoming, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0)
  let judged = false
  for await (const chunk of source) {
    if (!judged) head = Buffer.concat([head, chunk])
    if (!judged && head.length >= headBytes) {
      typeOf(incoming, head)
      judged = true
    }
    yield chunk
  }
}

/** Reads a whole file back as it lies on the disk: that it can be read, what it is, and its digest. */
export async function judge(files: Files, incoming: Incoming): Promise<Judged> {
  await files.bytes.settle(incoming.row.id)
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  for await (const chunk of files.read(incoming.row)) {
    hash.update(chunk)
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)])
  }
  return { mediaType: typeOf(incoming, head), sha256: hash.digest() }
}

/** Takes the file: its module hears of it in the same transaction, or it is not taken. */
export async function take(work: Work, { row: { id }, purpose }: Incoming, judged: Judged): Promise<void> {
  const row = await asSystem(work, systemActor, async ({ tx }) => {
    const set = { media_type: judged.mediaType, sha256: judged.sha256, completed_at: work.now }
    await updateFile(tx, id, set)
    return fileRow(tx, id)
  })
  if (!row) throw platformErrors.NOT_FOUND()
  await purpose.mayUpload(work, row.subject_id, row.detail)
  await purpose.onComplete(work, storedFile(row))
  work.audit({ action: 'uploads.complete', subject: 'file', subjectId: id, detail: { purpose: purpose.code } })
}

/** Keeps why a file was sent back, for whoever asks again, and gives up its bytes. */
export async function sendBack(work: Work, files: Files, id: string, code: string): Promise<void> {
  await asSystem(work, systemActor, ({ tx }) => updateFile(tx, id, { refused_as: code }))
  await files.giveUp(work, id)
  work.audit({ action: 'uploads.complete', subject: 'file', subjectId: id, outcome: 'refused', detail: { code } })
}

const passing = new Set(['CHANGED_MEANWHILE', 'TOO_MANY_REQUESTS', 'UPLOAD_BUSY', 'SIGN_IN_REQUIRED'])

/** Is it the file that is refused, rather than the moment? */
export const isAboutTheFile = (error: unknown): error is CodedError =>
  error instanceof CodedError && error.status < 500 && !passing.has(error.code)
