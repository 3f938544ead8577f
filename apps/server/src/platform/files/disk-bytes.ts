import { constants } from 'node:fs'
import { mkdir, open, rm, stat, statfs, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { platformErrors } from '../errors/coded-error.ts'
import { FileDamaged, type FileBytes } from './file-bytes.ts'

/** Kept free for the database and the log beside the files. */
const reserveBytes = 256 * 1024 * 1024
const full = new Set(['ENOSPC', 'EDQUOT'])
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Files below one folder, which all processes of an installation share; readable by their own account alone. */
export class DiskBytes implements FileBytes {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The last digits of a UUIDv7 are random, so folders fill evenly. */
  #pathOf(id: string): string {
    return join(this.#folder, id.slice(-2), id)
  }

  async length(id: string): Promise<number> {
    return (await this.#stat(id))?.size ?? 0
  }

  async touchedAt(id: string): Promise<Date | undefined> {
    return (await this.#stat(id))?.mtime
  }

  async write(id: string, position: number, blocks: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      const file = await this.#openToWrite(id)
      await writeAll(file, position, blocks).finally(() => file.close())
    } catch (error) {
      throw full.has((error as NodeJS.ErrnoException).code ?? '') ? platformErrors.DISK_FULL() : error
    }
  }

  async read(id: string, position: number, length: number): Promise<Uint8Array> {
    const file = await open(this.#pathOf(id), 'r').catch((error: unknown) => {
      throw isMissing(error) ? new FileDamaged(id) : error
    })
    try {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await file.read(bytes, 0, length, position)
      if (bytesRead < length) throw new FileDamaged(id)
      return bytes
    } finally {
      await file.close()
    }
  }

  async settle(id: string): Promise<void> {
    for (const path of [this.#pathOf(id), dirname(this.#pathOf(id))]) {
      const file = await open(path, 'r')
      await file.sync().finally(() => file.close())
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true })
  }

  async hasRoom(bytes: number): Promise<boolean> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(this.#folder)
    return bavail * bsize > bytes + reserveBytes
  }

  async #openToWrite(id: string): Promise<FileHandle> {
    const path = this.#pathOf(id)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return open(path, constants.O_WRONLY | constants.O_CREAT, 0o600)
  }

  async #stat(id: string) {
    return stat(this.#pathOf(id)).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
  }
}

async function writeAll(file: FileHandle, position: number, blocks: AsyncIterable<Uint8Array>): Promise<void> {
  let at = position
  for await (const block of blocks) {
    for (let done = 0; done < block.length;) {
      const { bytesWritten } = await file.write(block, done, block.length - done, at + done)
      done += bytesWritten
    }
    at += block.length
  }
}
