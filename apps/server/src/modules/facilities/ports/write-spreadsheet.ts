import writeXlsxFile from 'write-excel-file/node'
import { sheetNames } from '@moinha/contracts/facilities'
import { sheetShapes, type SheetName, type SheetRow, type Sheets } from '../domain/sheets.ts'

/** Every sheet in one workbook; all cells are text, so nothing in them is ever run. */
export async function writeXlsx(sheets: Sheets): Promise<Buffer> {
  const book = sheetNames.map((name) => {
    const { columns } = sheetShapes[name]
    return {
      sheet: name,
      stickyRowsCount: 1,
      columns: columns.map((column) => ({ width: widths[column] ?? 16 })),
      data: [
        columns.map((value) => ({ value, fontWeight: 'bold' as const })),
        ...sheets[name].map((row) =>
          columns.map((column) => (row[column] ? { value: row[column], type: String } : null)),
        ),
      ],
    }
  })
  return writeXlsxFile(book).toBuffer()
}

const widths: Readonly<Record<string, number>> = {
  key: 26,
  parent_key: 26,
  from_key: 26,
  to_key: 26,
  name: 44,
  short_name: 24,
  source: 44,
  note: 44,
  about: 44,
  address: 36,
  type: 24,
}

/** One sheet as csv with a byte-order mark, so that a spreadsheet reads Vietnamese letters. */
export function writeCsv(name: SheetName, rows: readonly SheetRow[]): Buffer {
  const { columns } = sheetShapes[name]
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  return Buffer.from(`\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`)
}

/**
 * A cell that begins like a formula is disarmed with an apostrophe (OWASP, CSV injection); the import takes it off
 * again.
 */
function csvCell(text: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
