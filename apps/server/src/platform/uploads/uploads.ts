import { systemActor, type Actor } from '../access/actor.ts'
import { asSystem, type Transact, type Work } from '../db/work.ts'
import { platformErrors } from '../errors/coded-error.ts'
import { fileRow, insertFile, unfinishedBefore, unfinishedOf, updateFile, type FileRow } from '../files/file-rows.ts'
import type { Files } from '../files/files.ts'
import { uploadPurposes } from '../files/upload-purposes.ts'
import { isAboutTheFile, judge, sendBack, take, watchHead, type Incoming } from './take-file.ts'
import {
  readDetail,
  readHeader,
  refuseSentBack,
  refusedUpload,
  requireSame,
  requireSize,
  type UploadHeader,
} from './upload-header.ts'

/** Begun and not finished, of one person: pictures of a visit and the pieces of a recording that waited for a line. */
const unfinishedAtMost = 200
const abandonedAfterMs = 24 * 3_600_000
const sweptAtOnce = 500

/** Who sends, in which request. */
export interface Sender {
  actor: Actor
  requestId: string
}

/** Files on their way in: begun, received in pieces, taken or sent back. */
export class Uploads {
  readonly #files: Files
  readonly #transact: Transact

  constructor(files: Files, transact: Transact) {
    this.#files = files
    this.#transact = transact
  }

  /** Who may send what, before the first byte. The same again changes nothing. */
  async begin(sender: Sender, metadata: Record<string, string | null>, size: number): Promise<void> {
    const header = readHeader(metadata)
    await this.#as(sender, async (work) => {
      const purpose = work.registries.find(uploadPurposes, header.purpose)
      if (!purpose) throw platformErrors.INVALID_INPUT()
      requireSize(purpose, size)
      const detail = readDetail(purpose, header.detail)
      await purpose.mayUpload(work, header.subject, detail)
      await this.#insert(work, { ...header, size, by: senderOf(work), told: detail })
    })
    if (!(await this.#files.bytes.hasRoom(size))) throw platformErrors.DISK_FULL()
  }

  /** How far it came: of the sender's own files alone, and not of those that were sent back. */
  async state(sender: Sender, id: string): Promise<{ size: number; offset: number }> {
    const row = await this.#as(sender, (work) => own(work, id))
    const size = Number(row.size)
    return { size, offset: row.completed_at ? size : await this.#files.sealed.received(id, size) }
  }

  /** Takes bytes from `offset` on; with the last one the file is judged and handed to its module. */
  async receive(sender: Sender, id: string, offset: number, source: AsyncIterable<Uint8Array>): Promise<number> {
    const incoming = await this.#as(sender, (work) => mayGoOn(work, id))
    const size = Number(incoming.row.size)
    if (incoming.row.completed_at) return size
    try {
      const watched = offset === 0 ? watchHead(incoming, source) : source
      const next = await this.#files.sealed.write(this.#files.keyed(incoming.row), { offset, size }, watched)
      if (next < size) return next
      const judged = await judge(this.#files, incoming)
      await this.#as(sender, (work) => take(work, incoming, judged))
      return size
    } catch (error) {
      if (!isAboutTheFile(error)) throw error
      await this.#as(sender, (work) => sendBack(work, this.#files, id, error.code))
      throw refusedUpload(error.code, error.params)
    }
  }

  /** The sender changed their mind. */
  async cancel(sender: Sender, id: string): Promise<void> {
    await this.#as(sender, async (work) => {
      const row = await own(work, id)
      if (row.completed_at) throw platformErrors.NOT_FOUND()
      await this.#files.remove(work, id)
    })
  }

  /** Files nobody went on sending for a day are given up. */
  async sweep(now: Date): Promise<void> {
    const before = new Date(now.getTime() - abandonedAfterMs)
    const system = { actor: systemActor, requestId: 'sweep of uploads' }
    for (const { id } of await this.#as(system, ({ tx }) => unfinishedBefore(tx, before, sweptAtOnce))) {
      const touched = await this.#files.bytes.touchedAt(id)
      if (touched === undefined || touched < before) await this.#as(system, (work) => this.#files.remove(work, id))
    }
  }

  #as<T>({ actor, requestId }: Sender, handler: (work: Work) => Promise<T>): Promise<T> {
    return this.#transact(actor, handler, requestId)
  }

  async #insert(work: Work, asked: UploadHeader & { size: number; by: string; told: unknown }): Promise<void> {
    const { keyId, sealedKey } = this.#files.keys.make(asked.id)
    await asSystem(work, systemActor, async ({ tx }) => {
      const present = await fileRow(tx, asked.id)
      if (!present && (await unfinishedOf(tx, asked.by)) >= unfinishedAtMost) throw platformErrors.UPLOADS_TOO_MANY()
      const made = { id: asked.id, purpose: asked.purpose, subject_id: asked.subject, name: asked.name }
      const said = { said_type: asked.type, detail: JSON.stringify(asked.told), size: asked.size }
      const key = { key_id: keyId, sealed_key: sealedKey }
      const by = { created_by: asked.by, created_at: work.now, media_type: null, sha256: null }
      const row = present ?? (await insertFile(tx, { ...made, ...said, ...key, ...by }))
      if (!row) throw platformErrors.ID_TAKEN()
      requireSame(row, asked)
      // given up after a day, or by a second thought
      if (row.deleted_at) await updateFile(tx, row.id, { deleted_at: null })
    })
  }
}

function senderOf(work: Work): string {
  if (work.actor.personId === null) throw platformErrors.SIGN_IN_REQUIRED()
  return work.actor.personId
}

/** An id is no proof: what others send is unknown. */
async function own(work: Work, id: string): Promise<FileRow> {
  const row = await fileRow(work.tx, id)
  if (!row || row.created_by !== senderOf(work)) throw platformErrors.NOT_FOUND()
  refuseSentBack(row)
  if (row.deleted_at) throw platformErrors.NOT_FOUND()
  return row
}

async function mayGoOn(work: Work, id: string): Promise<Incoming> {
  const row = await own(work, id)
  const purpose = work.registries.require(uploadPurposes, row.purpose)
  if (!row.completed_at) await purpose.mayUpload(work, row.subject_id, row.detail)
  return { row, purpose }
}
