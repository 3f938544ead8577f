import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Instant, Line, LocalDate, OptionalLine, PhoneTyped, Text } from './common.ts'
import { saveObservations } from './records/index.ts'
import { vitalSigns } from './vital-signs.ts'

const name = Line(120)
const refused = (schema: z.ZodType, value: unknown) => !schema.safeParse(value).success

describe('a name', () => {
  it.each([
    ['Nguye\u0302\u0303n', 'Nguyễn'],
    ['  Lan \t Anh ', 'Lan Anh'],
    ['Lan\u00a0Anh', 'Lan Anh'],
    ['Lan\u200b\u2060\ufeff', 'Lan'],
    ['\u202eLan\u202c\u200f', 'Lan'],
    ['La\u200dn', 'Lan'],
    ['Y\u00ad Bhin', 'Y Bhin'],
    ['H’Hen \u{e0041}Niê', 'H’Hen Niê'],
    ['\u0915\u094d\u200d\u0937', '\u0915\u094d\u200d\u0937'], // Devanagari needs its joiner
    ['👩\u200d⚕\ufe0f', '👩\u200d⚕\ufe0f'],
  ])('%j is stored as %j', (typed, stored) => {
    expect(name.parse(typed)).toBe(stored)
  })

  it.each(['', ' ', '\u200b', '\u202e\u202c', '\u200d', '\u3164', '\u2800\u00a0', '\u0301', '\ufe0f', '\u{e0020}'])(
    'of nothing that can be seen is none: %j',
    (typed) => {
      expect(refused(name, typed)).toBe(true)
      expect(OptionalLine(120).parse(typed)).toBe('')
    },
  )

  it.each(['Lan\0', 'Lan\u001b[2J', 'Lan\u009d', 'Lan\ud83d', '\udc00Lan'])(
    'with what cannot be written is refused: %j',
    (typed) => {
      expect(refused(name, typed)).toBe(true)
    },
  )
})

describe('a text', () => {
  it('keeps its lines and tabs, and only those', () => {
    expect(Text(300).parse('Sốt\r\n3 ngày\t39\u202e°\u2028ho ')).toBe('Sốt\n3 ngày\t39°\nho')
    expect(refused(Text(300), 'Sốt\u000b')).toBe(true)
  })

  it('of a phone is read through the marks that address books put around it', () => {
    expect(PhoneTyped.parse('\u202a0905 000 000\u202c')).toBe('0905000000')
  })
})

describe('a day and an instant', () => {
  it('are bounded when they come, in every offset', () => {
    expect(LocalDate.parse('1900-01-01')).toBe('1900-01-01')
    expect(refused(LocalDate, '1899-12-31')).toBe(true)
    expect(refused(LocalDate, '2201-01-01')).toBe(true)
    expect(Instant.parse('2026-11-25T08:00:00+07:00')).toBe('2026-11-25T08:00:00+07:00')
    expect(refused(Instant, '9999-12-31T23:59:59-12:00')).toBe(true)
    expect(refused(Instant, '2200-12-31T23:59:59-01:00')).toBe(true)
  })

  it('leave as they are stored, so that one bad row closes no record', () => {
    expect(z.encode(LocalDate, '9999-12-31')).toBe('9999-12-31')
    expect(z.encode(Instant, '9999-12-31T23:59:59.000Z')).toBe('9999-12-31T23:59:59.000Z')
    expect(z.safeEncode(LocalDate, 'soon').success).toBe(false)
    expect(z.safeEncode(Instant, '+010000-01-01T11:59:59.000Z').success).toBe(false)
  })
})

describe('a measurement', () => {
  const body = saveObservations.body as z.ZodType
  const id = '0199e7a0-0000-7000-8000-000000000001'
  const with_ = (code: string, value: number) => ({
    items: [{ id, code, value, takenAt: '2026-11-25T08:00:00+07:00' }],
  })

  it.each(vitalSigns)(
    '$display: what no body can have is refused, what is only unlikely is not',
    ({ code, plausible, possible }) => {
      for (const value of [...plausible, ...possible]) expect(refused(body, with_(code, value))).toBe(false)
      for (const value of [possible[0] - 0.01, possible[1] + 0.01, Infinity, NaN]) {
        expect(refused(body, with_(code, value))).toBe(true)
      }
    },
  )
})
