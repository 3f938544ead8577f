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

// What reads a format is imported when a file of that format comes: the thread starts in a third of the time.

const sheetNames = Object.keys(sheetShapes) as SheetName[]

/** Text, number, truth, date or nothing, as the file's format knows them. */
type Cell = unknown

/** Runs in the thread of read-in-worker.ts: reads an uploaded file by what it is, not by what it says it is. */
export async function read(file: Uint8Array, declared: string): Promise<FileSheets> {
  if (file.length === 0) throw facilityErrors.FILE_EMPTY()
  const kind = kindOf(file)
  if ((declared === 'text/csv' && kind !== 'csv') || (declared.includes('spreadsheetml') && kind !== 'xlsx')) {
    throw facilityErrors.FILE_LIES_ABOUT_TYPE()
  }
  const sheets = kind === 'csv' ? await readCsv(file) : await readXlsx(file)
  if (Object.values(sheets).every((rows) => rows.length === 0)) throw facilityErrors.FILE_EMPTY()
  return sheets
}

/** An office file under a password is no zip but an old container with this name in it. */
const passwordMark = Buffer.from('EncryptedPackage', 'utf16le')

function kindOf(file: Uint8Array): 'csv' | 'xlsx' {
  if (startsWith(file, 'PK')) return 'xlsx'
  if (Buffer.from(file.buffer, file.byteOffset, file.length).includes(passwordMark))
    throw facilityErrors.FILE_HAS_PASSWORD()
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file)
    if (!text.includes('\0') && !startsWith(file, '%PDF') && !startsWith(file, '<')) return 'csv'
  } catch {
    // no text at all
  }
  throw facilityErrors.FILE_TYPE_UNKNOWN()
}

const startsWith = (file: Uint8Array, mark: string): boolean => Buffer.from(mark).every((byte, at) => file[at] === byte)

async function readXlsx(file: Uint8Array): Promise<FileSheets> {
  const { checkedArchive } = await import('./xlsx-archive.ts')
  const archive = await checkedArchive(file)
  const { default: readXlsxFile } = await import('read-excel-file/universal')
  let found: readonly { sheet: string; data: readonly (readonly Cell[])[] }[]
  try {
    found = await readXlsxFile(archive)
  } catch {
    throw facilityErrors.FILE_BROKEN()
  }
  const sheets: FileSheets = {}
  for (const { sheet, data } of found) {
    const name = sheetNames.find((known) => known === sheet.trim().toLowerCase())
    if (name) sheets[name] = rowsOf(name, data)
  }
  if (Object.keys(sheets).length > 0) return sheets
  return onlySheet(found[0]?.data ?? [])
}

async function readCsv(file: Uint8Array): Promise<FileSheets> {
  const text = new TextDecoder('utf-8').decode(file)
  const header = text.split(/\r?\n/, 1)[0] ?? ''
  const delimiter = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ','
  const data = await csvRows(text, delimiter)
  refuseFormulas(data)
  return onlySheet(data.map((cells) => cells.map(withoutGuard)))
}

/** The same bounds as for a sheet. */
const csvBounds = { rows: 20_000, columns: 60, recordBytes: 200_000 }

async function csvRows(text: string, delimiter: string): Promise<string[][]> {
  const { parse } = await import('csv-parse/sync')
  let data: string[][]
  try {
    data = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      to: csvBounds.rows + 1,
      max_record_size: csvBounds.recordBytes,
    })
  } catch {
    throw facilityErrors.FILE_BROKEN()
  }
  const wide = data.some((cells) => cells.length > csvBounds.columns)
  if (wide || data.length > csvBounds.rows) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  return data
}

/** Our own export puts ' before a cell that a spreadsheet would run; see write-spreadsheet.ts. */
const withoutGuard = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

function refuseFormulas(data: readonly (readonly string[])[]): void {
  for (const [at, cells] of data.entries()) {
    const column = cells.findIndex((text) => /^\s*[=@]/.test(text))
    if (column >= 0)
      throw facilityErrors.FILE_HAS_FORMULAS({ cell: `${String.fromCharCode(65 + (column % 26))}${at + 1}` })
  }
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

function textOf(cell: Cell): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'boolean') return ''
  return String(cell).normalize('NFC').trim()
}
