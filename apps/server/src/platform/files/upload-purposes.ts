import type { z } from 'zod'
import type { Work } from '../db/work.ts'
import { defineRegistry, type Entry } from '../registries/registries.ts'
import type { StoredFile } from './file-rows.ts'
import type { MediaType } from './media-types.ts'

/** What files a module takes, from whom, and what becomes of them. */
export interface UploadPurpose extends Entry {
  readonly mediaTypes: readonly MediaType[]
  readonly maxBytes: number
  /** What the sender tells beside the bytes; nothing where it is left out. */
  readonly detail?: z.ZodType
  /** Goes this file on where another one ends, so that its own first bytes say nothing? */
  continues?(detail: unknown): boolean
  /**
   * May the actor send a file for this thing? Throws a coded refusal otherwise. Asked before the first byte, with every
   * later piece, and once more in the transaction that takes the file.
   */
  mayUpload(work: Work, subjectId: string, detail: unknown): Promise<void>
  /**
   * The file is whole: in the transaction that takes it, as its sender. A coded refusal sends it back and removes its
   * bytes. May run twice for one file, when a crash came in between: the id of the file is the same.
   */
  onComplete(work: Work, file: StoredFile): Promise<void>
}

export const uploadPurposes = defineRegistry<UploadPurpose>('upload purpose', { named: false, kept: false })
