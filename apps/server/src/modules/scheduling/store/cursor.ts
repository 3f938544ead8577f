import { z } from 'zod'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Place } from './appointment-rows.ts'

const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

/** Where the next page begins, as text nobody should read. */
function writePlace(row: { start: Date; id: string }): string {
  return Buffer.from(JSON.stringify([row.start.toISOString(), row.id])).toString('base64url')
}

export function readPlace(text: string | undefined): Place | undefined {
  if (!text) return undefined
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch {
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'invalid' }])
  }
}

/** Cuts one row more than asked into a page and the cursor of the next. */
export function pageOf<T extends { start: Date; id: string }>(
  rows: readonly T[],
  limit: number,
): { rows: T[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? writePlace(last) : null }
}
