import type * as contract from '@moinha/contracts/records'
import type { HandlerReply } from '@moinha/contracts/route'
import { foldWord, type FileRow } from '../../facilities/index.ts'

/** Headers of a list, as `data/diseases-tt30-2023.csv` and the circular write them. */
export const teleImportShape = {
  headers: {
    stt: 'no',
    no: 'no',
    'benh tinh trang benh': 'name',
    'ten benh': 'name',
    benh: 'name',
    'name vi': 'name',
    'ma icd 10': 'icd10',
    'icd 10': 'icd10',
    icd10: 'icd10',
    'chuyen khoa': 'specialty',
    specialty: 'specialty',
    'tinh trang': 'status',
    status: 'status',
    'ghi chu': 'note',
    note: 'note',
  },
  required: ['icd10', 'name'],
} as const satisfies { headers: Record<string, string>; required: readonly string[] }

export type ImportRow = HandlerReply<typeof contract.checkTeleImport>['rows'][number]

/** Most rows of one list: the circular has 50. */
export const mostRows = 500

const longest = { name: 300, specialty: 120, note: 500 }

/** Each row with what is wrong in it; a row that does not say that it is verified is pending. */
export function readTeleRows(file: readonly FileRow[]): ImportRow[] {
  const rows = file.map(readRow)
  const seen = new Set<number>()
  for (const row of rows) {
    if (row.no !== null && seen.has(row.no)) row.errors.push('NO_TWICE')
    if (row.no !== null) seen.add(row.no)
  }
  return rows
}

function readRow({ row, cells }: FileRow): ImportRow {
  const text = (column: string): string => (cells[column] ?? '').normalize('NFC').trim()
  const icd10 = codesIn(text('icd10'))
  const status = statusOf(text('status'))
  const no = text('no')
  const number = /^[1-9]\d{0,3}$/.test(no) ? Number(no) : null
  const tooLong = Object.entries(longest).some(([column, most]) => text(column).length > most)
  return {
    row,
    no: number,
    nameVi: text('name').slice(0, longest.name),
    icd10,
    specialty: text('specialty').slice(0, longest.specialty),
    status: status ?? 'pending',
    note: text('note').slice(0, longest.note),
    errors: [
      ...(icd10.length === 0 ? (['NO_CODE'] as const) : []),
      ...(icd10.every(isPattern) ? [] : (['BAD_CODE'] as const)),
      ...(no !== '' && number === null ? (['BAD_NO'] as const) : []),
      ...(status === undefined ? (['BAD_STATUS'] as const) : []),
      ...(status === 'verified' && text('name') === '' ? (['NAME_MISSING'] as const) : []),
      ...(tooLong ? (['TOO_LONG'] as const) : []),
    ],
  }
}

const codesIn = (text: string): string[] =>
  text
    .split(/[;,\n]/)
    .map((one) =>
      one
        .trim()
        .toUpperCase()
        .replace(/\s*[-–]\s*/, '-'),
    )
    .filter(Boolean)
    .slice(0, 60)

function isPattern(pattern: string): boolean {
  if (!/^[A-Z]\d{2}(\.\d{1,2}|-[A-Z]\d{2})?$/.test(pattern)) return false
  const [from = '', to = from] = pattern.split('-')
  return from.slice(0, 3) <= to.slice(0, 3)
}

const statuses: Record<string, 'verified' | 'pending'> = {
  '': 'pending',
  pending: 'pending',
  'cho xac nhan': 'pending',
  verified: 'verified',
  'da xac nhan': 'verified',
}
const statusOf = (text: string): 'verified' | 'pending' | undefined => statuses[foldWord(text)]
