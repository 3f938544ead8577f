import type { SealedRow } from './row-text.ts'

/** What is wrong with a chain, at the first place that shows it. */
export interface Break {
  chain: string
  /** Number in the chain. */
  no: number
  /** `audit.entry.id`; null where the row is gone. */
  entryId: string | null
  /**
   * `row_changed`, `row_missing` · `tail_cut`: a signed head lies beyond the last row · `rewritten`: a signed head
   * names another hash ·
   * `head_forged`: a head nobody we trust signed · `head_lost`: the database calls a head signed that the log outside
   * does not have ·
   * `log_damaged`: lines of the log outside cannot be read · `old_seal`: the chain from before differs.
   */
  why:
    'row_changed' | 'row_missing' | 'tail_cut' | 'rewritten' | 'head_forged' | 'head_lost' | 'log_damaged' | 'old_seal'
}

export interface Reached {
  chain: string
  no: number
  /** Hexadecimal. */
  hash: string
}

/** Where the verifier reads from: a running server's database, or any connection. */
export interface ChainSource {
  /** Chains of rows and of heads, with how far each was signed by what the database says. */
  chains(): Promise<{ chain: string; signedNo: number | null }[]>
  rows(chain: string, afterNo: number, limit: number): Promise<SealedRow[]>
  /** Number of the first row whose seal from before the chains does not fit, or null. */
  oldSeal(): Promise<number | null>
}
