import type { SheetName } from '@moinha/contracts/facilities'

export type { SheetName }

/** A row as text, column → cell; dates are `yyyy-mm-dd`, the end is the first day on which it no longer holds. */
export type SheetRow = Readonly<Record<string, string>>

/** A row of a file with its number as the spreadsheet shows it. */
export interface FileRow {
  row: number
  cells: SheetRow
}

export type FileSheets = Partial<Record<SheetName, readonly FileRow[]>>
export type Sheets = Record<SheetName, readonly SheetRow[]>

interface SheetShape {
  columns: readonly string[]
  /** Columns a file must have; the others keep what is stored when absent. */
  required: readonly string[]
  /** Columns that say which row it is. */
  identity: readonly string[]
  dates: readonly string[]
}

export const sheetShapes: Record<SheetName, SheetShape> = {
  units: {
    columns: [
      'key',
      'name',
      'short_name',
      'type',
      'commune_name',
      'address',
      'phone',
      'about',
      'valid_from',
      'valid_to',
      'source',
      'certainty',
      'note',
    ],
    required: ['key', 'name', 'type'],
    identity: ['key'],
    dates: ['valid_from', 'valid_to'],
  },
  placements: {
    columns: ['key', 'parent_key', 'valid_from', 'valid_to', 'source', 'certainty'],
    required: ['key', 'parent_key', 'valid_from'],
    identity: ['key', 'valid_from'],
    dates: ['valid_from', 'valid_to'],
  },
  support_links: {
    columns: [
      'from_key',
      'to_key',
      'specialty',
      'phase',
      'rank',
      'role',
      'valid_from',
      'valid_to',
      'source',
      'certainty',
    ],
    required: ['from_key', 'to_key', 'phase', 'rank', 'role', 'valid_from'],
    identity: ['from_key', 'to_key', 'specialty', 'phase', 'valid_from'],
    dates: ['valid_from', 'valid_to'],
  },
  identifiers: {
    columns: ['key', 'system', 'value', 'valid_from', 'valid_to', 'source'],
    required: ['key', 'system', 'value', 'valid_from'],
    identity: ['key', 'system', 'value', 'valid_from'],
    dates: ['valid_from', 'valid_to'],
  },
}

/** Header names of the data sets that differ from ours. */
const aliases: Readonly<Record<string, string>> = { name_vi: 'name' }

export const columnOf = (header: string): string => {
  const name = header.trim().toLowerCase().replaceAll(' ', '_')
  return aliases[name] ?? name
}

/** Columns of a table by the headers they may stand under, without diacritics and case. */
export interface TableShape {
  headers: Readonly<Record<string, string>>
  required: readonly string[]
}

/** A word as people mean it, whatever its case and diacritics: `Họ và tên` → `ho va ten`. */
export const foldWord = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Which sheet has these columns? A csv file does not say. */
export function sheetOfColumns(columns: readonly string[]): SheetName | undefined {
  const order: readonly SheetName[] = ['support_links', 'placements', 'identifiers', 'units']
  return order.find((name) => sheetShapes[name].required.every((column) => columns.includes(column)))
}

export const identityOf = (sheet: SheetName, row: SheetRow): string =>
  sheetShapes[sheet].identity.map((column) => row[column] ?? '').join('|')

/** What the spreadsheet programs of the country make of a date: `1/7/2025` is the first of July. */
export function isoDate(text: string): string {
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (!local) return text
  const [, day = '', month = '', year = ''] = local
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Is it a day of the calendar, written `yyyy-mm-dd`? */
export function isDay(text: string): boolean {
  return (
    /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  )
}

/** Do two rows hold on a common day? */
export const overlap = (a: SheetRow, b: SheetRow): boolean => startOf(a) < endOf(b) && startOf(b) < endOf(a)

export const startOf = (row: SheetRow): string => row['valid_from'] || '1900-01-01'
export const endOf = (row: SheetRow): string => row['valid_to'] || '9999-12-31'
