import { createHash } from 'node:crypto'

/** A row of the log as the verifier reads it. */
export interface SealedRow {
  chain: string
  no: number
  id: string
  hash: Buffer
  /** Its values as a JSON array of texts: no value can pass for two, or move to another column. */
  text: string
}

/** The hash before the first row of a chain. */
export const chainStart = (chain: string): Buffer => createHash('sha256').update(`moinha audit chain ${chain}`).digest()

/** The hash of a row on top of the one before it. */
export const linkOf = (previous: Buffer, row: SealedRow): Buffer =>
  createHash('sha256').update(previous).update(row.text).digest()
