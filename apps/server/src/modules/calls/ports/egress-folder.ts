import { createReadStream } from 'node:fs'
import { stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Where egress workers leave files for us, under the same path there and here. */
export class EgressFolder {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  pathOf(name: string): string {
    return join(this.#path, name)
  }

  isThere(name: string): Promise<boolean> {
    return stat(this.pathOf(name)).then(
      (found) => found.isFile(),
      () => false,
    )
  }

  read(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(this.pathOf(name))
  }

  /** Twice is once. */
  async remove(name: string): Promise<void> {
    await unlink(this.pathOf(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}
