/**
 * Where the sealed bytes of files lie. Several processes write and read the same place; nothing here knows what is
 * inside.
 */
export interface FileBytes {
  /** How many bytes lie there; 0 where there is nothing. */
  length(id: string): Promise<number>
  /** Writes from a position on, as the blocks come. What was written stays, also when the source breaks off. */
  write(id: string, position: number, blocks: AsyncIterable<Uint8Array>): Promise<void>
  /** Exactly these bytes; fewer are a `FileDamaged`. */
  read(id: string, position: number, length: number): Promise<Uint8Array>
  /** Returns when the bytes would outlive a power cut. */
  settle(id: string): Promise<void>
  /** Twice is once. */
  remove(id: string): Promise<void>
  /** When something was written last; undefined where there is nothing. */
  touchedAt(id: string): Promise<Date | undefined>
  /** Is there room for so many bytes more? */
  hasRoom(bytes: number): Promise<boolean>
}

/** Bytes are missing, or are not those that were sealed. */
export class FileDamaged extends Error {
  readonly code = 'FILE_DAMAGED'

  constructor(id: string) {
    super(`file ${id} is damaged`)
    this.name = 'FileDamaged'
  }
}
