import {
  columnOf,
  isoDate,
  sheetOfColumns,
  sheetShapes,
  type FileRow,
  type FileSheets,
  type SheetName,
} from '../domain/sheets.ts'
import { facilityErrors } from '../errors.ts'
import { rawSheets, textOf, type Cell } from './raw-sheets.ts'

const sheetNames = Object.keys(sheetShapes) as SheetName[]

/** Runs in the thread of read-in-worker.ts: an uploaded network. */
export async function read(file: Uint8Array, declared: string): Promise<FileSheets> {
  const { kind, sheets: found } = await rawSheets(file, declared)
  const sheets: FileSheets = {}
  for (const { name: given, data } of kind === 'xlsx' ? found : []) {
    const name = sheetNames.find((known) => known === given)
    if (name) sheets[name] = rowsOf(name, data)
  }
  const read = Object.keys(sheets).length > 0 ? sheets : onlySheet(found[0]?.data ?? [])
  if (Object.values(read).every((rows) => rows.length === 0)) throw facilityErrors.FILE_EMPTY()
  return read
}

function onlySheet(data: readonly (readonly Cell[])[]): FileSheets {
  const name = sheetOfColumns((data[0] ?? []).map((cell) => columnOf(textOf(cell))))
  if (!name) throw facilityErrors.FILE_COLUMNS_MISSING({ columns: sheetShapes.units.required.join(', ') })
  return { [name]: rowsOf(name, data) }
}

function rowsOf(name: SheetName, data: readonly (readonly Cell[])[]): FileRow[] {
  const shape = sheetShapes[name]
  const header = (data[0] ?? []).map((cell) => columnOf(textOf(cell)))
  const missing = shape.required.filter((column) => !header.includes(column))
  if (missing.length > 0) throw facilityErrors.FILE_COLUMNS_MISSING({ sheet: name, columns: missing.join(', ') })
  return data.slice(1).flatMap((cells, at) => {
    const row: Record<string, string> = {}
    for (const [index, column] of header.entries()) {
      if (!shape.columns.includes(column)) continue
      const text = textOf(cells[index])
      row[column] = shape.dates.includes(column) ? isoDate(text) : text
    }
    return Object.values(row).every((text) => text === '') ? [] : [{ row: at + 2, cells: row }]
  })
}
