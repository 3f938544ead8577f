import { describe, expect, it } from 'vitest'
import { gapsByTeam, gapsIn, type Span } from './gaps.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour))
const span = (from: number, to: number): Span => ({ start: at(from), end: at(to) })
const day = span(0, 24)

describe('gaps of a roster', () => {
  it.each<[string, Span[], Span[]]>([
    ['nobody: the whole window', [], [day]],
    ['one shift over all', [span(-3, 30)], []],
    ['shifts that touch leave no gap', [span(0, 12), span(12, 24)], []],
    ['order and overlap do not matter', [span(10, 24), span(0, 11)], []],
    ['a short shift inside a long one hides nothing', [span(0, 20), span(2, 3)], [span(20, 24)]],
    ['a hole in the middle and one at the end', [span(0, 7), span(9, 22)], [span(7, 9), span(22, 24)]],
    ['shifts outside the window do not count', [span(-10, 0), span(24, 30)], [day]],
  ])('%s', (_, shifts, gaps) => {
    expect(gapsIn(day, shifts)).toEqual(gaps)
  })

  it('judges each team by itself, and a backup does not cover', () => {
    const shifts = [
      { ...span(0, 24), specialty: 'cardiology', role: 'on_duty' as const },
      { ...span(0, 24), specialty: 'internal', role: 'backup' as const },
      { ...span(0, 12), specialty: null, role: 'lead' as const },
    ]
    expect(gapsByTeam(day, ['cardiology', 'internal', null], shifts)).toEqual([
      { specialty: 'internal', gap: day },
      { specialty: null, gap: span(12, 24) },
    ])
  })
})
