import Big from 'big.js'
import { decimal, type Decimal } from '../../../platform/decimal/decimal.ts'
import { fold } from './spelling.ts'

const one = decimal('1')

interface Course {
  /** In dose units, each time. */
  dose: Decimal
  timesPerDay: number
  days: number
  /** Dose units in one unit that is handed out. */
  doseUnitsPerUnit: Decimal
}

/** What to hand out: dose × times × days, in whole units where it comes in bottles or boxes. */
export function quantityOf({ dose, timesPerDay, days, doseUnitsPerUnit }: Course): Decimal {
  const total = dose.times(decimal(String(timesPerDay))).times(decimal(String(days)))
  // half a tablet is handed out as a whole one
  return upTo(total, doseUnitsPerUnit)
}

/** How often `size` goes into `total`, whole; asked by multiplication, since a quotient may not end. */
function wholeTimes(total: Decimal, size: Decimal): Decimal {
  const near = total.div(size).round(0, Big.roundDown)
  return near.times(size).gt(total) ? near.minus(one) : near
}

/** The smallest whole number of `size` that holds `total`. */
function upTo(total: Decimal, size: Decimal): Decimal {
  const below = wholeTimes(total, size)
  return below.times(size).lt(total) ? below.plus(one) : below
}

interface ByWeight {
  mgPerKgDay: Decimal
  weightKg: Decimal
  timesPerDay: number
  mgPerDoseUnit: Decimal
  /** The smallest part of a dose unit that can be given. */
  step: Decimal
}

/** Dose units each time for a child: mg per kg and day, over the times; rounded down, never above what was asked. */
export function doseByWeight({ mgPerKgDay, weightKg, timesPerDay, mgPerDoseUnit, step }: ByWeight): Decimal {
  const mgPerDay = mgPerKgDay.times(weightKg)
  const perStep = mgPerDoseUnit.times(step).times(decimal(String(timesPerDay)))
  return wholeTimes(mgPerDay, perStep).times(step)
}

/** Capsules, suppositories, and what lets its ingredient go slowly or past the stomach: dividing undoes that. */
const undivided = ['nang', 'dat', 'keo dai', 'giai phong', 'cham', 'tan trong ruot']

/** Tablets and packets can be quartered, liquids drawn up to half a millilitre, the rest only whole: house rule. */
export function smallestPart({ doseUnit, form }: { doseUnit: string; form: string }): Decimal {
  if (doseUnit === 'ml') return decimal('0.5')
  const words = ` ${fold(form)} `
  const whole = undivided.some((part) => words.includes(` ${part} `))
  return decimal(!whole && (doseUnit === 'viên' || doseUnit === 'gói') ? '0.25' : '1')
}
