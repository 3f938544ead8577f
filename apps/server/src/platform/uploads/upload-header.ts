import { Id } from '@moinha/contracts/common'
import { z } from 'zod'
import { CodedError, platformErrors, statusOfCode } from '../errors/coded-error.ts'
import type { FileRow } from '../files/file-rows.ts'
import type { UploadPurpose } from '../files/upload-purposes.ts'

/** Nothing a name needs, and what a header or a folder would read as its own. */
const unwanted = /[\p{Cc}/\\]/gu

/** What a sender says before the first byte, as the metadata of an upload. */
const Header = z.object({
  id: Id,
  purpose: z.string().max(60),
  subject: Id,
  name: z
    .string()
    .max(400)
    .default('')
    .transform((name) => name.normalize('NFC').replace(unwanted, '').slice(0, 200)),
  type: z.string().max(200).default(''),
  detail: z.string().max(4000).default('{}'),
})
export type UploadHeader = z.infer<typeof Header>

export function readHeader(metadata: Record<string, string | null>): UploadHeader {
  const { data } = Header.safeParse(metadata)
  if (!data) throw platformErrors.INVALID_INPUT()
  return data
}

/** What is told beside the bytes, as the purpose wants it. */
export function readDetail({ detail: schema }: UploadPurpose, text: string): unknown {
  if (!schema) return {}
  const { success, data } = schema.safeParse(parseJson(text))
  if (!success) throw platformErrors.INVALID_INPUT()
  return data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function requireSize({ maxBytes }: UploadPurpose, size: number): void {
  if (size < 1) throw platformErrors.UPLOAD_EMPTY()
  if (size > maxBytes) throw platformErrors.FILE_TOO_LARGE({ megabytes: Math.floor(maxBytes / 1_048_576) })
}

/** Begun already: only the same sender goes on, with the same file. */
export function requireSame(row: FileRow, asked: UploadHeader & { size: number; by: string }): void {
  const same =
    row.created_by === asked.by &&
    row.purpose === asked.purpose &&
    row.subject_id === asked.subject &&
    Number(row.size) === asked.size
  if (!same || (row.completed_at && row.deleted_at)) throw platformErrors.ID_TAKEN()
  refuseSentBack(row)
}

/** What was sent back stays so, for the reason it was told then. */
export function refuseSentBack({ refused_as: code }: FileRow): void {
  if (code) throw refusedUpload(code)
}

/** As an answer to a piece of an upload: there 409 means that a piece came out of order. */
export function refusedUpload(code: string, params?: Record<string, unknown>): CodedError {
  const status = statusOfCode(code) ?? 422
  return new CodedError(code, status === 409 ? 422 : status, params)
}
