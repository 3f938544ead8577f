import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'

function rows(name: string): { text: string; records: Record<string, string>[] } {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return { text, records: parse(text, { columns: true }) }
}
const icd = rows('icd10-common.csv')
const list = rows('diseases-tt30-2023.csv')
const codes = new Set(icd.records.map((row) => row.code))

function expand(part: string): string[] {
  const range = /^([A-Z])(\d\d)-\1(\d\d)$/.exec(part)
  if (range === null) return [part]
  const [, letter = '', from = '0', to = '0'] = range
  return Array.from(
    { length: Number(to) - Number(from) + 1 },
    (_, step) => letter + String(Number(from) + step).padStart(2, '0'),
  )
}

it('both lists are NFC and hold no code twice', () => {
  for (const { text } of [icd, list]) expect(text).toBe(text.normalize('NFC'))
  expect(codes.size).toBe(icd.records.length)
  for (const row of icd.records) expect(row.code).toMatch(/^[A-Z]\d{2}(\.\d{1,2})?$/)
})

it('the starter list names every code of Circular 30/2023', () => {
  const wanted = list.records.flatMap((row) => (row.icd10 ?? '').split('; ').flatMap(expand))
  expect(wanted.filter((code) => !codes.has(code))).toEqual([])
})

it('a row without a verified name or number is pending and invents nothing', () => {
  for (const row of list.records) {
    expect(['verified', 'pending']).toContain(row.status)
    if (row.no === '') expect([row.name_vi, row.status]).toEqual(['', 'pending'])
  }
  expect(list.records.filter((row) => row.status === 'verified')).toHaveLength(18)
})
