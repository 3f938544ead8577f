import { expect, it } from 'vitest'
import { changesOf, readDiagnosisList } from './diagnosis-list.ts'

const row = (at: number, cells: Record<string, string>) => ({ row: at, cells })

it('reads codes with their marks, and what cannot be used or not be primary', () => {
  const { codes, errors } = readDiagnosisList([
    row(2, { code: 'a17.0†', name_vi: 'Viêm màng não do lao', name_en: 'Tuberculous meningitis' }),
    row(3, { code: 'B95', name_vi: 'Nhóm', not_primary: 'X' }),
    row(4, { code: 'I10-', name_vi: 'Sai' }),
    row(5, { code: 'E11', name_vi: 'Nhóm', unusable: 'Có' }),
    row(6, { code: 'E11 ', name_vi: 'Lặp' }),
    row(7, { code: 'J00', name_vi: '', unusable: 'maybe' }),
  ])
  expect(codes.slice(0, 2)).toEqual([
    {
      code: 'A17.0',
      name_vi: 'Viêm màng não do lao',
      name_en: 'Tuberculous meningitis',
      usable: true,
      usable_as_primary: true,
    },
    { code: 'B95', name_vi: 'Nhóm', name_en: '', usable: true, usable_as_primary: false },
  ])
  expect(codes[3]).toMatchObject({ usable: false, usable_as_primary: false })
  expect(errors.map((one) => [one.row, one.column, one.code])).toEqual([
    [4, 'code', 'BAD_CODE'],
    [6, 'code', 'DUPLICATE_CODE'],
    [7, 'name_vi', 'EMPTY'],
    [7, 'unusable', 'BAD_FLAG'],
  ])
})

it('counts what is new, changed, as before, and no longer there: together the whole', () => {
  const listed = (code: string, name: string) => ({
    code,
    name_vi: name,
    name_en: '',
    usable: true,
    usable_as_primary: true,
  })
  for (let run = 0; run < 200; run += 1) {
    const pick = () => Array.from({ length: 30 }, (_, at) => `A${10 + at}`).filter(() => Math.random() < 0.5)
    const [before, after] = [pick(), pick()]
    const inForce = new Map(before.map((code) => [code, listed(code, Math.random() < 0.5 ? 'a' : 'b')]))
    const counts = changesOf(
      after.map((code) => listed(code, 'a')),
      inForce,
    )
    expect(counts.new + counts.changed + counts.unchanged).toBe(after.length)
    expect(counts.gone + counts.changed + counts.unchanged).toBe(before.length)
  }
})
