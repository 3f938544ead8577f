/** What the product measures, in LOINC codes and UCUM units (as shown in Vietnam). Plain data: both sides read it. */
export interface VitalSign {
  code: string
  /** LOINC's own English name. */
  display: string
  vi: string
  en: string
  /** UCUM. */
  unit: string
  /** As printed on a Vietnamese form. */
  shownUnit: string
  decimals: number
  /**
   * Outside these a value is probably mistyped: a warning, never a refusal. A working choice, no source prescribes it.
   */
  plausible: readonly [low: number, high: number]
  /**
   * Outside these no body and no device of a station can be: refused. A working choice, wider than any case we know.
   */
  possible: readonly [low: number, high: number]
}

export const loinc = 'http://loinc.org'
export const icd10 = 'http://hl7.org/fhir/sid/icd-10'

export const vitalSigns = [
  {
    code: '8480-6',
    display: 'Systolic blood pressure',
    vi: 'Huyết áp tâm thu',
    en: 'Systolic pressure',
    unit: 'mm[Hg]',
    shownUnit: 'mmHg',
    decimals: 0,
    plausible: [60, 240],
    possible: [0, 400],
  },
  {
    code: '8462-4',
    display: 'Diastolic blood pressure',
    vi: 'Huyết áp tâm trương',
    en: 'Diastolic pressure',
    unit: 'mm[Hg]',
    shownUnit: 'mmHg',
    decimals: 0,
    plausible: [30, 140],
    possible: [0, 300],
  },
  {
    code: '8867-4',
    display: 'Heart rate',
    vi: 'Mạch',
    en: 'Pulse',
    unit: '/min',
    shownUnit: 'lần/phút',
    decimals: 0,
    plausible: [35, 200],
    possible: [0, 400],
  },
  {
    code: '8310-5',
    display: 'Body temperature',
    vi: 'Nhiệt độ',
    en: 'Temperature',
    unit: 'Cel',
    shownUnit: '°C',
    decimals: 1,
    plausible: [34, 41.5],
    possible: [10, 50],
  },
  {
    code: '59408-5',
    display: 'Oxygen saturation in Arterial blood by Pulse oximetry',
    vi: 'SpO₂',
    en: 'SpO₂',
    unit: '%',
    shownUnit: '%',
    decimals: 0,
    plausible: [70, 100],
    possible: [0, 100],
  },
  {
    code: '9279-1',
    display: 'Respiratory rate',
    vi: 'Nhịp thở',
    en: 'Breathing rate',
    unit: '/min',
    shownUnit: 'lần/phút',
    decimals: 0,
    plausible: [8, 60],
    possible: [0, 200],
  },
  {
    code: '29463-7',
    display: 'Body weight',
    vi: 'Cân nặng',
    en: 'Weight',
    unit: 'kg',
    shownUnit: 'kg',
    decimals: 1,
    plausible: [2, 150],
    possible: [0.1, 700],
  },
  {
    code: '8302-2',
    display: 'Body height',
    vi: 'Chiều cao',
    en: 'Height',
    unit: 'cm',
    shownUnit: 'cm',
    decimals: 0,
    plausible: [40, 200],
    possible: [10, 300],
  },
  {
    code: '15074-8',
    display: 'Glucose [Moles/volume] in Blood',
    vi: 'Đường huyết',
    en: 'Blood glucose',
    unit: 'mmol/L',
    shownUnit: 'mmol/L',
    decimals: 1,
    plausible: [2.5, 30],
    possible: [0, 200],
  },
] as const satisfies readonly VitalSign[]

/** What is followed over time: both pressures, weight, glucose. */
export const trendCodes: readonly string[] = ['8480-6', '8462-4', '29463-7', '15074-8']

export type VitalSignCode = (typeof vitalSigns)[number]['code']

/** The sign of a code, or undefined for a code the product does not measure. */
export function vitalSignOf(code: string): VitalSign | undefined {
  return vitalSigns.find((sign) => sign.code === code)
}

/** Is a value probably mistyped? */
export function isImplausible(code: string, value: number): boolean {
  const sign = vitalSignOf(code)
  return sign !== undefined && (value < sign.plausible[0] || value > sign.plausible[1])
}

/** Can a body have this value at all? */
export function isPossible(code: string, value: number): boolean {
  const sign = vitalSignOf(code)
  return sign === undefined || (value >= sign.possible[0] && value <= sign.possible[1])
}
