import type { MedicineClass, RxKind } from '@moinha/contracts/prescriptions'

/** A row of the catalogue. */
export interface CatalogueMedicine {
  id: string
  code: string
  inn: string
  nameVi: string
  strength: string
  form: string
  route: string
  doseUnit: string
  unit: string
  doseUnitsPerUnit: string | null
  mgPerDoseUnit: string | null
  atc: string
  class: MedicineClass
}

/** Narcotic N, psychotropic and precursor H, traditional Y, other C. Source: domain notes on regulations, §6.1. */
const kindOfClass: Record<MedicineClass, RxKind> = {
  ordinary: 'c',
  narcotic: 'n',
  psychotropic: 'h',
  precursor: 'h',
  traditional: 'y',
}

/** The kinds of paper these medicines need; more than one: they do not stand on one prescription. */
export function kindsOf(classes: readonly MedicineClass[]): RxKind[] {
  return [...new Set(classes.map((one) => kindOfClass[one]))]
}

/** Narcotic, psychotropic, precursor: N and H. */
export const isControlled = (of: MedicineClass): boolean => kindOfClass[of] === 'n' || kindOfClass[of] === 'h'
