import { foldWord, type FileRow, type TableShape } from '../domain/sheets.ts'
import { facilityErrors } from '../errors.ts'
import { rawSheets, textOf, type RawSheet } from './raw-sheets.ts'

/** Runs in the thread of read-in-worker.ts: the first sheet that has the columns asked for. */
export async function read(
  file: Uint8Array,
  { declared, shape }: { declared: string; shape: TableShape },
): Promise<FileRow[]> {
  const { sheets } = await rawSheets(file, declared)
  const sheet = sheets.find((one) => missingIn(one, shape).length === 0)
  if (!sheet) {
    const missing = sheets[0] ? missingIn(sheets[0], shape) : shape.required
    throw facilityErrors.FILE_COLUMNS_MISSING({ columns: missing.join(', ') })
  }
  const columns = columnsOf(sheet, shape)
  const rows = sheet.data.slice(1).flatMap((cells, at): FileRow[] => {
    const row = Object.fromEntries(columns.flatMap((column, index) => (column ? [[column, textOf(cells[index])]] : [])))
    return Object.values(row).every((text) => text === '') ? [] : [{ row: at + 2, cells: row }]
  })
  if (rows.length === 0) throw facilityErrors.FILE_EMPTY()
  return rows
}

const columnsOf = ({ data }: RawSheet, { headers }: TableShape): (string | undefined)[] =>
  (data[0] ?? []).map((cell) => headers[foldWord(textOf(cell))])

function missingIn(sheet: RawSheet, shape: TableShape): string[] {
  const columns = new Set(columnsOf(sheet, shape))
  return shape.required.filter((column) => !columns.has(column))
}
