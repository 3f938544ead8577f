/** A program of PostgreSQL says only in words that the disk is full; as an error that says it by its code. */
export function noRoom(words: string): Error | undefined {
  if (!/No space left on device|ENOSPC|Disk quota exceeded/.test(words)) return undefined
  return Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
}
