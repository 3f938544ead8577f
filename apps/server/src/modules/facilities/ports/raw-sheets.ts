import { facilityErrors } from '../errors.ts'

// What reads a format is imported when a file of that format comes: the thread starts in a third of the time.

/** Text, number, truth, date or nothing, as the file's format knows them. */
export type Cell = unknown

/** One sheet as it stands in the file; a csv file is one sheet without a name. */
export interface RawSheet {
  name: string
  data: readonly (readonly Cell[])[]
}

/**
 * Every sheet of an uploaded file, read by what the file is, not by what it says it is. Runs in a thread of its own.
 */
export async function rawSheets(
  file: Uint8Array,
  declared: string,
): Promise<{ kind: 'csv' | 'xlsx'; sheets: RawSheet[] }> {
  if (file.length === 0) throw facilityErrors.FILE_EMPTY()
  const kind = kindOf(file)
  if ((declared === 'text/csv' && kind !== 'csv') || (declared.includes('spreadsheetml') && kind !== 'xlsx')) {
    throw facilityErrors.FILE_LIES_ABOUT_TYPE()
  }
  return { kind, sheets: kind === 'csv' ? [{ name: '', data: await readCsv(file) }] : await readXlsx(file) }
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

async function readXlsx(file: Uint8Array): Promise<RawSheet[]> {
  const { checkedArchive } = await import('./xlsx-archive.ts')
  const archive = await checkedArchive(file)
  const { default: readXlsxFile } = await import('read-excel-file/universal')
  try {
    return (await readXlsxFile(archive)).map(({ sheet, data }) => ({ name: sheet.trim().toLowerCase(), data }))
  } catch {
    throw facilityErrors.FILE_BROKEN()
  }
}

async function readCsv(file: Uint8Array): Promise<string[][]> {
  const text = new TextDecoder('utf-8').decode(file)
  const header = text.split(/\r?\n/, 1)[0] ?? ''
  const delimiter = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ','
  const data = await csvRows(text, delimiter)
  refuseFormulas(data)
  return data.map((cells) => cells.map(withoutGuard))
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

/** What a cell says, as text. */
export function textOf(cell: Cell): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'boolean') return ''
  return String(cell).normalize('NFC').trim()
}
