import { Batch } from '../db/batch.ts'

/** The statements in what a spied `pg.Client.prototype.query` was given, in order. */
export function statementsOf(calls: readonly (readonly unknown[])[]): string[] {
  return calls.flatMap(([asked]) => {
    if (asked instanceof Batch) return asked.texts
    return typeof asked === 'string' ? [asked] : [(asked as { text: string }).text]
  })
}
