import { platformErrors } from '../errors/coded-error.ts'
import type { ByteRange } from './sealed-bytes.ts'

/**
 * The one range a header asks for (RFC 9110 §14.2); undefined where the whole file is meant, also by several ranges,
 * which a server may ignore.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  const last = size - 1
  const range =
    from === '' ? lastOf(Number(to), size) : { start: Number(from), end: Math.min(Number(to || last), last) }
  if (range.start > range.end) throw platformErrors.RANGE_REFUSED({ bytes: size })
  return range
}

const lastOf = (count: number, size: number): ByteRange => ({ start: Math.max(0, size - count), end: size - 1 })
