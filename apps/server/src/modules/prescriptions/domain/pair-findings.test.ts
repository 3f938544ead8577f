import { describe, expect, it } from 'vitest'
import type { CompletedLine } from './complete-lines.ts'
import { pairFindings } from './pair-findings.ts'
import { allergyWithCodes, takenWithCodes, type MedicineName } from './substances.ts'

const names: MedicineName[] = [
  { inn: 'Amoxicillin', nameVi: 'Amoxicilin', atc: 'J01CA04' },
  { inn: 'Amoxicillin + clavulanic acid', nameVi: 'Amoxicilin + acid clavulanic', atc: 'J01CR02' },
  { inn: 'Phenoxymethylpenicillin', nameVi: 'Penicilin V', atc: 'J01CE02' },
  { inn: 'Cefalexin', nameVi: 'Cephalexin', atc: 'J01DB01' },
  { inn: 'Acetylsalicylic acid', nameVi: 'Aspirin', atc: 'B01AC06' },
  { inn: 'Folic acid', nameVi: 'Acid folic', atc: 'B03BB01' },
  { inn: 'Ibuprofen', nameVi: 'Ibuprofen', atc: 'M01AE01' },
  { inn: 'Paracetamol', nameVi: 'Paracetamol', atc: 'N02BE01' },
  { inn: 'Sulfamethoxazole + trimethoprim', nameVi: 'Co-trimoxazol', atc: 'J01EE01' },
  { inn: 'Warfarin', nameVi: 'Warfarin', atc: 'B01AA03' },
]
function line(atc: string, no = 1): CompletedLine {
  const found = names.find((one) => one.atc === atc)
  if (!found) throw new Error(`no ${atc}`)
  return {
    ...found,
    no,
    medicineId: atc,
    strength: '1 mg',
    form: 'viên',
    route: 'uống',
    doseUnit: 'viên',
    unit: 'viên',
    class: 'ordinary',
    dose: '1',
    moments: ['morning'],
    meal: 'any',
    days: 1,
    quantity: '1',
    note: '',
    computed: '1',
  }
}
/** An allergy as records keeps it: its code is that of ATC, else the name. */
const allergy = (display: string, atc: string | null = null, inn = '') =>
  allergyWithCodes({ display, inn, atc, code: atc ?? (inn || display), criticality: 'high' }, names)
const none = { allergies: [], taking: [], interactions: [] }
const meets = (one: ReturnType<typeof allergy>, atc: string): boolean =>
  pairFindings([line(atc)], { ...none, allergies: [one] }).some(({ code }) => code === 'allergy')

describe('an allergy', () => {
  it.each([
    ['Penicillin', null, '', 'J01CE02'],
    ['Penicilin', null, '', 'J01CA04'],
    ['PNC', null, '', 'J01CR02'],
    ['Dị ứng nhóm Penicillins', null, '', 'J01CA04'],
    ['Augmentin', 'J01CR02', 'Amoxicillin + clavulanic acid', 'J01CA04'],
    ['Augmentin', null, 'Amoxicilline, clavulanate', 'J01CA04'],
    ['Amoxicilin', 'J01CA04', '', 'J01CE02'],
    ['Amoxicillin', null, '', 'J01CE02'],
    ['Cephalosporin', null, '', 'J01DB01'],
    ['Sulfamid', null, '', 'J01EE01'],
    ['Sulfonamides', null, '', 'J01EE01'],
    ['Cotrimoxazole', null, '', 'J01EE01'],
    ['NSAID', null, '', 'B01AC06'],
    ['Thuốc chống viêm không steroid', null, '', 'M01AE01'],
    ['Giảm đau chống viêm', 'M01A', '', 'B01AC06'],
    ['Aspirin', 'B01AC06', '', 'M01AE01'],
    ['Aspirin', 'N02BA01', '', 'B01AC06'],
    ['Giảm đau hạ sốt', 'N02B', '', 'N02BE01'],
    ['acid acetylsalicylic', null, '', 'B01AC06'],
  ])('to %s (%s %s) meets %s', (display, atc, inn, of) => expect(meets(allergy(display, atc, inn), of)).toBe(true))
  it.each([
    ['Penicilin', 'J01C', 'N02BE01'],
    ['NSAID', 'M01A', 'N02BE01'],
    ['Acid folic', null, 'B01AC06'],
    ['Acid acetylsalicylic', null, 'J01CR02'],
    ['Warfarin', 'B01AA03', 'B01AC06'],
    ['Tôm, cua', null, 'M01AE01'],
  ])('to %s (%s) does not meet %s', (display, atc, of) => expect(meets(allergy(display, atc), of)).toBe(false))
})

describe('a medicine taken already', () => {
  const interactions = [
    { one: 'B01AA03', other: 'M01A', level: 'block' as const, whyVi: 'Chảy máu', whyEn: 'Bleeding' },
  ]
  const found = (display: string, inn = '', atc: string | null = null) =>
    pairFindings([line('M01AE01')], { ...none, interactions, taking: takenWithCodes({ display, inn, atc }, names) })
  it.each([
    ['Warfarin 2mg (bệnh viện tỉnh)', ''],
    ['Coumadin', 'warfarine'],
  ])('typed as %s %s is recognised and its interactions are seen', (display, inn) =>
    expect(found(display, inn)).toMatchObject([{ code: 'interaction', level: 'block', params: { name: display } }]),
  )
  it('typed as a name nobody knows, it is said that it was not checked', () => {
    expect(found('Thuốc nam gia truyền')).toMatchObject([
      { code: 'medicine_not_checked', level: 'warn', lines: [], params: { name: 'Thuốc nam gia truyền' } },
    ])
    expect(found('Thuốc tim', '', 'C01')).toMatchObject([{ code: 'medicine_not_checked' }])
  })
  it('the same under another spelling is taken already', () => {
    expect(found('Ibuprofène 200')).toMatchObject([{ code: 'takes_already' }])
  })
})
