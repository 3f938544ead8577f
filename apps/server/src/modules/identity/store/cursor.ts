import { z } from 'zod'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { checkInstantPlace, type InstantPlace } from '../../../platform/paging/instant-cursor.ts'

const Cursor = z.object({ name: z.string(), id: z.uuid() })

/** Where the next page begins, as text nobody should read. */
export function encodeCursor(cursor: z.infer<typeof Cursor>): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

export function decodeCursor(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'invalid' }])
  }
}

/** The same where `name` is an instant: what lists by time are ordered by. */
export function decodeInstantCursor(text: string): InstantPlace {
  const { name: at, id } = decodeCursor(text)
  return checkInstantPlace({ at, id })
}
