import { describe, expect, it } from 'vitest'
import type { CompletedLine } from './complete-lines.ts'
import { findingsOf, type RxFacts } from './findings.ts'
import { allergyWithCodes } from './substances.ts'

const morphine: CompletedLine = {
  no: 1,
  medicineId: 'm',
  inn: 'Morphine',
  nameVi: 'Morphin',
  strength: '30 mg',
  form: 'viên nén',
  route: 'uống',
  doseUnit: 'viên',
  unit: 'viên',
  atc: 'N02AA01',
  class: 'narcotic',
  dose: '1',
  moments: ['morning'],
  meal: 'any',
  days: 5,
  quantity: '5',
  note: '',
  computed: '5',
}
const facts: RxFacts = {
  mayTreat: true,
  diagnoses: [{ code: 'J00' }],
  birthDate: '1990-01-01',
  months: 400,
  weightKg: null,
  broughtBy: null,
  controlledBlocked: false,
  narcoticBlocked: false,
  situation: 'usual',
  rules: (['ordinary', 'narcotic', 'precursor'] as const).map((of) => ({
    class: of,
    situation: 'usual',
    icdList: null,
    mostDays: 30,
  })),
  lists: new Set(),
  allergies: [],
  taking: [],
  interactions: [],
}
const found = (line: Partial<CompletedLine>, over: Partial<RxFacts> = {}) =>
  findingsOf([{ ...morphine, ...line }], { ...facts, ...over }).map(({ level, code }) => `${level} ${code}`)

describe('what stands against a prescription', () => {
  it('of two findings with one key the block stands, whichever came last', () => {
    const known = (criticality: 'high' | 'low') =>
      allergyWithCodes({ code: 'N02A', display: 'Morphin', inn: '', atc: 'N02A', criticality }, [])
    for (const allergies of [
      [known('high'), known('low')],
      [known('low'), known('high')],
    ])
      expect(found({}, { allergies })).toEqual(['block allergy'])
  })
  it('more than the course is a block of what is controlled, a warning of the rest; less is a warning', () => {
    expect(found({ quantity: '6' })).toEqual(['block quantity_differs'])
    expect(found({ quantity: '6', class: 'precursor' })).toEqual(['block quantity_differs'])
    expect(found({ quantity: '4' })).toEqual(['warn quantity_differs'])
    expect(found({ quantity: '6', class: 'ordinary' })).toEqual(['warn quantity_differs'])
  })
  it.each([
    ['1.4', 71, true],
    ['1.5', 71, false],
    ['40', 71, false],
    ['40.1', 71, true],
    ['70', 72, false],
  ])('a weight of %s kg at %s months is unlikely: %s', (weightKg, months, unlikely) => {
    const said = found({}, { weightKg, months, broughtBy: {} })
    expect(said).toEqual(unlikely ? ['block weight_unlikely'] : [])
  })
  it('narcotics are closed by the setting, HIV by its list', () => {
    expect(found({}, { narcoticBlocked: true })).toEqual(['block narcotic_conditions'])
    expect(found({ class: 'ordinary' }, { narcoticBlocked: true })).toEqual([])
    expect(found({}, { lists: new Set(['hiv']) })).toEqual(['block hiv_not_supported'])
  })
})
