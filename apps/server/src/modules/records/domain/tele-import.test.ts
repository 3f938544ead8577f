import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { readTeleRows } from './tele-import.ts'

const row = (cells: Record<string, string>) => readTeleRows([{ row: 2, cells }])[0]

it('reads codes, ranges and the standing as people write them', () => {
  expect(row({ no: '22', name: 'Bệnh tuyến giáp', icd10: 'e00 – E07; N18.1', status: 'Đã xác nhận' })).toMatchObject({
    no: 22,
    icd10: ['E00-E07', 'N18.1'],
    status: 'verified',
    errors: [],
  })
  expect(row({ name: '', icd10: 'J45' })).toMatchObject({ no: null, status: 'pending', errors: [] })
})

it.each([
  [{ name: 'x', icd10: '' }, ['NO_CODE']],
  [{ name: 'x', icd10: 'E07-E00' }, ['BAD_CODE']],
  [{ name: 'x', icd10: 'đường' }, ['BAD_CODE']],
  [{ name: 'x', icd10: 'E66', no: '0' }, ['BAD_NO']],
  [{ name: 'x', icd10: 'E66', status: 'chắc là' }, ['BAD_STATUS']],
  [{ name: '', icd10: 'E66', status: 'verified' }, ['NAME_MISSING']],
  [{ name: 'x'.repeat(301), icd10: 'E66' }, ['TOO_LONG']],
])('%j is wrong: %j', (cells, errors) => {
  expect(row(cells as Record<string, string>)?.errors).toEqual(errors)
})

it('a number twice is told at the second', () => {
  const rows = readTeleRows([1, 2].map((at) => ({ row: at, cells: { no: '7', name: 'x', icd10: 'E66' } })))
  expect(rows.map(({ errors }) => errors)).toEqual([[], ['NO_TWICE']])
})

it('the list shipped holds every code read off the signed copy, in its order, and is read without a mistake', () => {
  const file = readFileSync(new URL('../data/diseases-tt30-2023.csv', import.meta.url), 'utf8')
  const records: Record<string, string>[] = parse(file, { columns: true })
  const rows = readTeleRows(
    records.map((cells, at) => ({ row: at + 2, cells: { ...cells, name: cells['name_vi'] ?? '' } })),
  )
  expect(rows.flatMap(({ errors }) => errors)).toEqual([])
  // domain notes on regulations, §1.5
  expect(rows.slice(21).map(({ icd10 }) => icd10.join(', '))).toEqual([
    ...['E00-E07', 'N18.1', 'J45', 'J44', 'F28.8', 'F41.2', 'L01, L02, L66', 'B86, B35, B36.0', 'B01, B02'],
    ...['L20, L23, L28.2, L50', 'G20', 'F00, F01', 'G43', 'G44.2', 'H81', 'B24', 'Z76.0, A15-A19', 'A97.0'],
    ...['J10, J10.1', 'U07.1', 'K29', 'K59', 'K21', 'B16, B18.1', 'H10', 'H16', 'H35.5', 'Z50.1'],
  ])
  expect(new Set(rows.slice(21).map(({ status }) => status))).toEqual(new Set(['pending']))
})
