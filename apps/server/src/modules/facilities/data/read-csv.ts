import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** One row of a data set: header name → cell, trimmed, in Unicode NFC. An empty cell is an empty string. */
export type CsvRow<Column extends string> = Readonly<Record<Column, string>>

/**
 * Reads a UTF-8 CSV file that must have at least the named columns.
 * A missing column or a row of the wrong width throws with the file and line, so that an editor sees where to look.
 */
export function readCsv<Column extends string>(file: URL, columns: readonly Column[]): CsvRow<Column>[] {
  return parseCsv(readFileSync(file, 'utf8'), columns, file.pathname.split('/').at(-1) ?? '')
}

/** Same as {@link readCsv} for text already in memory; `name` is used in messages only. */
export function parseCsv<Column extends string>(
  text: string,
  columns: readonly Column[],
  name: string,
): CsvRow<Column>[] {
  // Spreadsheets like to write a byte-order mark and decomposed letters.
  const rows: Record<string, string>[] = parse(text.normalize('NFC'), {
    bom: true,
    columns: true,
    trim: true,
    skip_empty_lines: true,
  })
  for (const column of columns) {
    if (rows[0] !== undefined && rows[0][column] === undefined)
      throw new Error(`${name}: column "${column}" is missing`)
  }
  return rows as CsvRow<Column>[]
}
