import { createHash } from 'node:crypto'

/** SHA-256 over the content with its keys in order, so that storing and loading it does not change it. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(ordered(content)).digest('hex')
}

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${ordered(item)}`).join(',')}}`
}
