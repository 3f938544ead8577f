import { createHash } from 'node:crypto'
import type { FileRow } from '../../facilities/index.ts'

/** Columns of the list by the headers they may stand under. */
export const diagnosisSheetShape = {
  headers: {
    code: 'code',
    ma: 'code',
    'ma benh': 'code',
    'ma icd': 'code',
    'ma icd 10': 'code',
    'name vi': 'name_vi',
    ten: 'name_vi',
    'ten benh': 'name_vi',
    'ten tieng viet': 'name_vi',
    'ten benh tieng viet': 'name_vi',
    'name en': 'name_en',
    'ten tieng anh': 'name_en',
    'ten benh tieng anh': 'name_en',
    unusable: 'unusable',
    'khong su dung': 'unusable',
    'ma khong su dung': 'unusable',
    'not primary': 'not_primary',
    'khong lam benh chinh': 'not_primary',
    'khong dung lam benh chinh': 'not_primary',
  },
  required: ['code', 'name_vi'],
} as const satisfies { headers: Record<string, string>; required: readonly string[] }

/** A code of the list as it is written down. */
export interface ListedCode {
  code: string
  name_vi: string
  name_en: string
  usable: boolean
  usable_as_primary: boolean
}

export interface RowError {
  row: number
  column: string
  code: string
  value: string
}

export interface ReadList {
  codes: ListedCode[]
  errors: RowError[]
}

/** Source: domain notes on codes, §6. */
const icdPattern = /^[A-Z]\d{2}(\.\d{1,2})?$/
const longestName = 500

const yes = new Set(['x', '1', 'yes', 'true', 'co', 'có'])
const no = new Set(['', '0', 'no', 'false', 'khong', 'không'])
const flagOf = (text: string): boolean | undefined => {
  const word = text.toLocaleLowerCase('vi')
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** The marks of the dagger and asterisk system stand beside a code, not in it. */
const codeOf = (text: string): string => text.toUpperCase().replace(/[†*+\s]/g, '')

const cellRules: Record<string, (text: string) => string | undefined> = {
  code: (text) => (icdPattern.test(codeOf(text)) ? undefined : 'BAD_CODE'),
  name_vi: (text) => (text === '' ? 'EMPTY' : text.length > longestName ? 'TOO_LONG' : undefined),
  name_en: (text) => (text.length > longestName ? 'TOO_LONG' : undefined),
  unusable: (text) => (flagOf(text) === undefined ? 'BAD_FLAG' : undefined),
  not_primary: (text) => (flagOf(text) === undefined ? 'BAD_FLAG' : undefined),
}

function errorsOf({ row, cells }: FileRow): RowError[] {
  return Object.entries(cellRules).flatMap(([column, rule]) => {
    const value = cells[column] ?? ''
    const code = rule(value)
    return code === undefined ? [] : [{ row, column, code, value: value.slice(0, 100) }]
  })
}

function listed({ cells }: FileRow): ListedCode {
  const usable = flagOf(cells['unusable'] ?? '') !== true
  return {
    code: codeOf(cells['code'] ?? ''),
    name_vi: cells['name_vi'] ?? '',
    name_en: cells['name_en'] ?? '',
    usable,
    usable_as_primary: usable && flagOf(cells['not_primary'] ?? '') !== true,
  }
}

/** Every row as it would be written, and everything that is wrong with one. */
export function readDiagnosisList(rows: readonly FileRow[]): ReadList {
  const codes: ListedCode[] = []
  const errors: RowError[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const one = listed(row)
    const wrong = errorsOf(row)
    if (wrong.length === 0 && seen.has(one.code))
      wrong.push({ row: row.row, column: 'code', code: 'DUPLICATE_CODE', value: one.code })
    seen.add(one.code)
    errors.push(...wrong)
    codes.push(one)
  }
  return { codes, errors }
}

export interface ListChange {
  new: number
  changed: number
  unchanged: number
  /** In force until that day, and no longer. */
  gone: number
}

const same = (one: ListedCode, other: ListedCode): boolean =>
  one.name_vi === other.name_vi &&
  one.name_en === other.name_en &&
  one.usable === other.usable &&
  one.usable_as_primary === other.usable_as_primary

/** What the list would change against what is in force on its first day. */
export function changesOf(codes: readonly ListedCode[], inForce: ReadonlyMap<string, ListedCode>): ListChange {
  const known = codes.flatMap((one) => {
    const before = inForce.get(one.code)
    return before ? [same(one, before)] : []
  })
  const unchanged = known.filter(Boolean).length
  return {
    new: codes.length - known.length,
    changed: known.length - unchanged,
    unchanged,
    gone: inForce.size - known.length,
  }
}

/** Of exactly this list from this day, and of what it changes. */
export function digestOfList(list: { from: string; codes: readonly ListedCode[]; counts: ListChange }): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url')
}
