import { createHash } from 'node:crypto'

/** The id of a demo person, the same on every machine: RFC 9562 version 8 from its key. */
export function demoPersonId(key: string): string {
  return demoId('person', key)
}

/** Ids of what belongs to a demo person. */
export function demoId(kind: string, key: string): string {
  const hex = createHash('sha256').update(`moinha demo ${kind} ${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
