import { LineTyped } from '@moinha/contracts/prescriptions'
import { describe, expect, it } from 'vitest'
import { completeLine } from './complete-lines.ts'
import type { CatalogueMedicine } from './medicine.ts'

const id = '019abcde-0000-7000-8000-000000000001'
const syrup: CatalogueMedicine = {
  id,
  code: 'amoxicillin',
  inn: 'Amoxicillin',
  nameVi: 'Amoxicilin',
  strength: '125 mg/5 ml',
  form: 'bột pha hỗn dịch',
  route: 'uống',
  doseUnit: 'ml',
  unit: 'chai',
  doseUnitsPerUnit: '60',
  mgPerDoseUnit: '25',
  atc: 'J01CA04',
  class: 'ordinary',
}
const typed = (over: object) => LineTyped.parse({ medicineId: id, moments: ['morning', 'evening'], days: 5, ...over })
const doseOf = (over: object, weightKg: string | null, medicine = syrup) =>
  completeLine(1, typed(over), medicine, weightKg).dose

describe('a dose by weight', () => {
  it('is computed also where a dose stands beside it', () => {
    expect(doseOf({ dose: '1', mgPerKgDay: '50' }, '10')).toBe('10')
  })
  it('is none where the weight is missing or the medicine is not dosed so; the typed dose does not stand in', () => {
    expect(doseOf({ dose: '1', mgPerKgDay: '50' }, null)).toBe('')
    expect(doseOf({ dose: '1', mgPerKgDay: '50' }, '10', { ...syrup, mgPerDoseUnit: null })).toBe('')
  })
  it.each([
    ['viên nén', '1.5'],
    ['viên nang', '1'],
    ['viên nang tan trong ruột', '1'],
    ['viên tác dụng kéo dài', '1'],
    ['viên giải phóng biến đổi', '1'],
    ['viên bao tan trong ruột', '1'],
  ])('of %s comes in parts that can be given', (form, dose) => {
    const tablet = { ...syrup, form, doseUnit: 'viên', unit: 'viên', mgPerDoseUnit: '100', doseUnitsPerUnit: '1' }
    expect(doseOf({ mgPerKgDay: '30' }, '10', tablet)).toBe(dose)
  })
})
