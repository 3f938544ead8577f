export interface TeleRow {
  patterns: readonly string[]
  status: 'verified' | 'pending'
  /** Set when an administrator who holds the circular vouched for a pending row. */
  enabled: boolean
}

/** Does a pattern of the list cover a code? `E66` covers E66.0; `E00-E07` is a range (domain notes on codes, §6). */
export function covers(pattern: string, code: string): boolean {
  const [from, to] = pattern.split('-')
  const block = code.slice(0, 3)
  if (from !== undefined && to !== undefined) return block >= from && block <= to
  return code === pattern || code.startsWith(pattern.includes('.') ? pattern : `${pattern}.`)
}

export function standingOf(code: string, list: readonly TeleRow[]): 'listed' | 'pending' | 'no' {
  const rows = list.filter((row) => row.patterns.some((pattern) => covers(pattern, code)))
  if (rows.some((row) => row.status === 'verified' || row.enabled)) return 'listed'
  return rows.length > 0 ? 'pending' : 'no'
}
