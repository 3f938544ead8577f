import type { LineTyped, RxLine } from '@moinha/contracts/prescriptions'
import { decimal } from '../../../platform/decimal/decimal.ts'
import { doseByWeight, quantityOf, smallestPart } from './dose.ts'
import type { CatalogueMedicine } from './medicine.ts'

/** A line with what could be computed; an empty dose or quantity could not. */
export interface CompletedLine extends RxLine {
  /** What dose × times × days makes; null where it cannot be computed. */
  computed: string | null
}

/** Fills in dose and quantity and copies what is printed of the medicine. */
export function completeLine(
  no: number,
  typed: LineTyped,
  medicine: CatalogueMedicine,
  weightKg: string | null,
): CompletedLine {
  const { id: medicineId, inn, nameVi, strength, form, route, doseUnit, unit, atc } = medicine
  const dose = doseOf(typed, medicine, weightKg)
  const computed = computedQuantity(typed, medicine, dose)
  return {
    no,
    medicineId,
    inn,
    nameVi,
    strength,
    form,
    route,
    doseUnit,
    unit,
    atc,
    class: medicine.class,
    dose,
    moments: typed.moments,
    meal: typed.meal,
    days: typed.days,
    quantity: typed.quantity ?? computed ?? '',
    note: typed.note,
    computed,
  }
}

/**
 * Who asked for a dose by weight gets that or none: a dose typed beside it never stands in for it, since it would be
 * an adult's.
 */
function doseOf({ dose, mgPerKgDay, moments }: LineTyped, medicine: CatalogueMedicine, weightKg: string | null) {
  if (mgPerKgDay === null) return dose ?? ''
  if (weightKg === null || medicine.mgPerDoseUnit === null) return ''
  const each = doseByWeight({
    mgPerKgDay: decimal(mgPerKgDay),
    weightKg: decimal(weightKg),
    timesPerDay: moments.length,
    mgPerDoseUnit: decimal(medicine.mgPerDoseUnit),
    step: smallestPart(medicine),
  })
  return each.gt(decimal('0')) ? each.toFixed() : ''
}

function computedQuantity({ moments, days }: LineTyped, medicine: CatalogueMedicine, dose: string): string | null {
  if (dose === '' || medicine.doseUnitsPerUnit === null) return null
  const course = { dose: decimal(dose), timesPerDay: moments.length, days }
  return quantityOf({ ...course, doseUnitsPerUnit: decimal(medicine.doseUnitsPerUnit) }).toFixed()
}
