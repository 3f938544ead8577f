import { Id } from '@moinha/contracts/common'
import { platformErrors } from '../errors/coded-error.ts'

/**
 * An instant as ISO writes it or, to the microsecond, as PostgreSQL does. Whatever fits is taken by PostgreSQL or
 * refused as out of range; any other text would be a failure of ours there.
 */
const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4])(:[0-5]\d){0,2})$/

export interface InstantPlace {
  at: string
  id: string
}

/** Refuses a cursor of another shape than we give out. */
export function checkInstantPlace({ at, id }: InstantPlace): InstantPlace {
  if (!instant.test(at) || !Id.safeParse(id).success)
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'CURSOR' }])
  return { at, id }
}

/** Reads where the next page begins from `<instant><separator><id>`. */
export function readInstantCursor(after: string, separator: '~' | '_'): InstantPlace
export function readInstantCursor(after: string | undefined, separator: '~' | '_'): InstantPlace | undefined
export function readInstantCursor(after: string | undefined, separator: '~' | '_'): InstantPlace | undefined {
  if (after === undefined) return undefined
  const [at = '', id = '', ...more] = after.split(separator)
  return checkInstantPlace({ at, id: more.length > 0 ? '' : id })
}
