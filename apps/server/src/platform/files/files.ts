import type { FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { systemActor } from '../access/actor.ts'
import type { Config } from '../config/config.ts'
import { asSystem, type Work } from '../db/work.ts'
import { platformErrors } from '../errors/coded-error.ts'
import { file as fileAnswer, type Answer } from '../http/reply.ts'
import { defineJob } from '../jobs/add-job.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { rangeOf } from './byte-range.ts'
import { DiskBytes } from './disk-bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import { FileKeys } from './file-keys.ts'
import {
  fileRow,
  holdGivenUp,
  insertFile,
  storedFile,
  updateFile,
  wholeFiles,
  type FileRow,
  type StoredFile,
} from './file-rows.ts'
import { headBytes, isShownInline, sniff } from './media-types.ts'
import { SealedBytes, type ByteRange, type SealedFile } from './sealed-bytes.ts'

const removeBytes = defineJob<{ fileId: string }>('platform.removeFileBytes', {
  vi: 'Xóa tệp khỏi đĩa',
  en: 'Remove a file from the disk',
})

/** A file that the server itself makes. */
export interface MadeFile {
  id: string
  purpose: string
  subjectId: string
  name: string
}

export interface ServedAs {
  request: FastifyRequest
  /** Kept by whoever asks, under its name, even where a browser could show it. */
  download?: boolean
}

/** The files of this installation: kept sealed, given out by the module that owns them. */
export class Files {
  readonly bytes: FileBytes
  readonly sealed: SealedBytes
  readonly keys: FileKeys

  constructor({ bytes, keys }: { bytes: FileBytes; keys: FileKeys }) {
    this.bytes = bytes
    this.sealed = new SealedBytes(bytes)
    this.keys = keys
  }

  /** On this disk, below the data folder. */
  static of(config: Config): Files {
    return new Files({ bytes: new DiskBytes(join(config.DATA_DIR, 'files')), keys: FileKeys.of(config) })
  }

  /** Removing what a transaction gave up happens after its commit, unless it was begun anew in between. */
  registerJobs(jobs: Jobs): void {
    jobs.on(removeBytes, async ({ tx }, { fileId }) => {
      // held until the bytes are gone: whoever begins it anew waits, and writes after that
      if (await holdGivenUp(tx, fileId)) await this.bytes.remove(fileId)
    })
  }

  /** What is known of these files; past the wall, so the caller's policy said yes. Removed ones are left out. */
  async find(work: Work, ids: readonly string[]): Promise<Map<string, StoredFile>> {
    const rows = await asSystem(work, systemActor, ({ tx }) => wholeFiles(tx, ids))
    return new Map(rows.map((row) => [row.id, storedFile(row)]))
  }

  /**
   * The file as the reply of a route, whole or the range that was asked for; several files are given as one. The bytes
   * leave after the commit. The caller's policy said yes and left the audit row.
   */
  async serve(work: Work, id: string | readonly string[], { request, download = false }: ServedAs): Promise<Answer> {
    const rows = await this.#whole(work, [id].flat())
    const [first] = rows.map(storedFile)
    if (!first) throw platformErrors.NOT_FOUND()
    const size = rows.reduce((sum, row) => sum + Number(row.size), 0)
    const range = rangeOf(request.headers.range, size)
    const part = range ?? { start: 0, end: size - 1 }
    return fileAnswer(() => this.#readTogether(rows, part), {
      status: range ? 206 : 200,
      type: first.mediaType,
      ...((download || !isShownInline(first.mediaType)) && { fileName: first.name || first.id }),
      headers: {
        'accept-ranges': 'bytes',
        'content-length': String(part.end - part.start + 1),
        // no script, plugin or form runs in it, should it be opened in a window of its own
        'content-security-policy': "default-src 'none'; sandbox",
        ...(range && { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
      },
    })
  }

  /** The bytes of a range over files that are one after the other. */
  async *#readTogether(rows: readonly FileRow[], { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
    let begin = 0
    for (const row of rows) {
      const size = Number(row.size)
      const range = { start: Math.max(0, start - begin), end: Math.min(size - 1, end - begin) }
      if (range.start <= range.end) yield* this.read(row, range)
      begin += size
    }
  }

  /** The bytes of a whole file, for what the server does with them itself. */
  async *read(row: FileRow, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const size = Number(row.size)
    yield* this.sealed.read(this.keyed(row), size, range ?? { start: 0, end: size - 1 })
  }

  /** Takes a file that the server made. Its bytes are written first, outside of any transaction; then it is `keep`t. */
  async write(made: MadeFile, source: AsyncIterable<Uint8Array>): Promise<(work: Work) => Promise<StoredFile>> {
    const { key, ...sealedKey } = this.keys.make(made.id)
    const hash = createHash('sha256')
    let head = Buffer.alloc(0)
    const watched = async function* () {
      for await (const chunk of source) {
        hash.update(chunk)
        if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes)
        yield chunk
      }
    }
    const size = await this.sealed.write({ id: made.id, key }, { offset: 0 }, watched())
    const mediaType = sniff(head)
    if (size === 0 || !mediaType) throw await this.#unwritten(made.id)
    await this.bytes.settle(made.id)
    const row = { ...rowOf(made, size), key_id: sealedKey.keyId, sealed_key: sealedKey.sealedKey }
    const whole = { media_type: mediaType, sha256: hash.digest() }
    return (work) => keep(work, { ...row, ...whole })
  }

  /** Gives up a file: its row says so at once, its bytes go after the commit. Twice is once. */
  async remove(work: Work, id: string): Promise<void> {
    const row = await asSystem(work, systemActor, ({ tx }) => fileRow(tx, id))
    if (!row || row.deleted_at) return
    if (row.retain_until && row.retain_until > work.now) throw platformErrors.FILE_RETAINED()
    await this.giveUp(work, id)
    work.audit({ action: 'files.remove', subject: 'file', subjectId: id })
  }

  /** The same for one that never became whole. */
  async giveUp(work: Work, id: string): Promise<void> {
    await asSystem(work, systemActor, ({ tx }) => updateFile(tx, id, { deleted_at: work.now }))
    await work.enqueue(removeBytes, { fileId: id })
  }

  /** With the key that opens it. */
  keyed(row: FileRow): SealedFile {
    return { id: row.id, key: this.keys.open(row.id, { keyId: row.key_id, sealedKey: row.sealed_key }) }
  }

  async #whole(work: Work, ids: readonly string[]): Promise<FileRow[]> {
    const rows = await asSystem(work, systemActor, ({ tx }) => wholeFiles(tx, ids))
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => {
      const row = byId.get(id)
      if (!row) throw platformErrors.NOT_FOUND()
      return row
    })
  }

  async #unwritten(id: string): Promise<Error> {
    await this.bytes.remove(id)
    return platformErrors.FILE_TYPE_REFUSED()
  }
}

const rowOf = (made: MadeFile, size: number) => ({
  id: made.id,
  purpose: made.purpose,
  subject_id: made.subjectId,
  name: made.name,
  detail: '{}',
  size,
})

type WholeRow = Omit<Parameters<typeof insertFile>[1], 'created_by' | 'created_at'>

async function keep(work: Work, row: WholeRow): Promise<StoredFile> {
  const whole = await asSystem(work, systemActor, async ({ tx }) => {
    await insertFile(tx, { ...row, created_by: work.actor.personId, created_at: work.now })
    await updateFile(tx, row.id, { completed_at: work.now })
    return fileRow(tx, row.id)
  })
  if (!whole) throw new Error(`file ${row.id} was not kept`)
  return storedFile(whole)
}

/** A file is not removed before; a later day stands. */
export async function retainFile(work: Work, id: string, until: Date): Promise<void> {
  await asSystem(work, systemActor, async ({ tx }) => {
    const row = await fileRow(tx, id)
    if (row && (row.retain_until ?? until) <= until) await updateFile(tx, id, { retain_until: until })
  })
}
