import { z } from 'zod'

/** One part of a `multipart/form-data` body. */
export interface UploadPart {
  name: string
  /** Present on files only. */
  fileName?: string
  type: string
  bytes: Uint8Array
}

/** A body that is no JSON: its bytes under the type it came with, or the parts of a form. */
export interface Upload {
  /** Bare and in small letters: `text/csv`; empty where nothing was sent. */
  type: string
  bytes: Uint8Array
  parts: readonly UploadPart[]
}

/** The body of a route with `consumes`. */
export const Upload = z.custom<Upload>((value) => value instanceof Object && 'bytes' in value && 'parts' in value)
