import writeXlsxFile from 'write-excel-file/node'
import { readInWorker } from '../../../platform/files/read-in-worker.ts'
import type { FileRow, TableShape } from '../domain/sheets.ts'

const reader = new URL('./table-reader.ts', import.meta.url)
const limits = { seconds: 15, heapMegabytes: 320 }

/** Reads one table out of an uploaded xlsx or csv file, with the walls of the network's upload. */
export function readTable(file: Uint8Array, declared: string, shape: TableShape): Promise<FileRow[]> {
  return readInWorker<FileRow[]>(reader, file, { declared, shape }, limits)
}

export interface SheetText {
  name: string
  rows: readonly (readonly string[])[]
  widths: readonly number[]
}

/** A workbook of plain text; the first row of each sheet stays in view. */
export async function writeTables(sheets: readonly SheetText[]): Promise<Buffer> {
  const book = sheets.map(({ name, rows, widths }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width })),
    data: rows.map((cells, at) =>
      cells.map((value) => ({ value, type: String, ...(at === 0 && { fontWeight: 'bold' as const }) })),
    ),
  }))
  return writeXlsxFile(book).toBuffer()
}
