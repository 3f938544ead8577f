import { identityOf, sheetShapes, type FileRow, type SheetName, type SheetRow, type Sheets } from './sheets.ts'

/** A row of the file beside the stored row it speaks of. */
export interface Proposal {
  sheet: SheetName
  row: number
  before: SheetRow | undefined
  after: SheetRow
  change: 'new' | 'changed' | 'unchanged'
}

export type RowErrors = (row: number, column: string, code: string, value: string) => void

const empty = (sheet: SheetName): SheetRow =>
  Object.fromEntries(sheetShapes[sheet].columns.map((column) => [column, '']))

/** Lays the file's cells over what is stored; the second row about the same thing is refused. */
export function mergeRows(sheet: SheetName, stored: Sheets, rows: readonly FileRow[], refuse: RowErrors): Proposal[] {
  const known = new Map(stored[sheet].map((row) => [identityOf(sheet, row), row]))
  const seen = new Set<string>()
  const proposals: Proposal[] = []
  for (const { row, cells } of rows) {
    const identity = identityOf(sheet, cells)
    if (seen.has(identity)) {
      const column = sheetShapes[sheet].identity[0] ?? ''
      refuse(row, column, 'DUPLICATE', cells[column] ?? '')
      continue
    }
    seen.add(identity)
    const before = known.get(identity)
    const after = { ...(before ?? empty(sheet)), ...cells, ...(!before && defaults(sheet, cells)) }
    proposals.push({ sheet, row, before, after, change: changeOf(sheet, before, after) })
  }
  return proposals
}

/** A new unit needs a short name and a first day. */
function defaults(sheet: SheetName, cells: SheetRow): SheetRow {
  if (sheet !== 'units') return {}
  return { short_name: cells['short_name'] || (cells['name'] ?? ''), valid_from: cells['valid_from'] || '1900-01-01' }
}

function changeOf(sheet: SheetName, before: SheetRow | undefined, after: SheetRow): Proposal['change'] {
  if (!before) return 'new'
  return sheetShapes[sheet].columns.some((column) => (before[column] ?? '') !== (after[column] ?? ''))
    ? 'changed'
    : 'unchanged'
}
