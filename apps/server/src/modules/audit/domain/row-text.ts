import { createHash } from 'node:crypto'

/** A row of the log as text, column by column, as PostgreSQL writes each; null where there is no value. */
export interface SealedRow {
  chain: string
  no: number
  id: string
  hash: Buffer
  /** In the order of `audit.row_text`, after chain and number. */
  values: readonly (string | null)[]
}

/** One value with its length in bytes before it, so that no text can pass for two. */
const field = (value: string | null): string => (value === null ? '-;' : `${Buffer.byteLength(value)}:${value};`)

/** What of a row goes into its hash. Built here anew: whoever changes the database's own function changes nothing. */
export const rowText = (row: SealedRow): string => [row.chain, String(row.no), ...row.values].map(field).join('')

/** The hash before the first row of a chain. */
export const chainStart = (chain: string): Buffer => createHash('sha256').update(`moinha audit chain ${chain}`).digest()

/** The hash of a row on top of the one before it. */
export const linkOf = (previous: Buffer, row: SealedRow): Buffer => createHash('sha256').update(previous).update(rowText(row)).digest()
