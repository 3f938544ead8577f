import { DataStore, Upload } from '@tus/utils'
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'
import { platformErrors } from '../errors/coded-error.ts'
import type { Sender, Uploads } from './uploads.ts'

/** What the protocol's server asks of a store, told to our uploads together with who sends. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination']
  readonly #uploads: Uploads
  readonly #sender: AsyncLocalStorage<Sender>

  constructor(uploads: Uploads, sender: AsyncLocalStorage<Sender>) {
    super()
    this.#uploads = uploads
    this.#sender = sender
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#uploads.begin(this.#who(), upload.metadata ?? {}, upload.size ?? 0)
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    return new Upload({ id, ...(await this.#uploads.state(this.#who(), id)) })
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.receive(this.#who(), id, offset, source)
  }

  override async remove(id: string): Promise<void> {
    await this.#uploads.cancel(this.#who(), id)
  }

  #who(): Sender {
    const sender = this.#sender.getStore()
    if (!sender) throw platformErrors.SIGN_IN_REQUIRED()
    return sender
  }
}
