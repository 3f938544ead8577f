import type { RxContent } from '@moinha/contracts/prescriptions'
import { decimal } from '../../../platform/decimal/decimal.ts'

/** Single active ingredient: INN; several: the usual name. Source: Circular 26/2025, domain notes, §6.2. */
export const printedName = ({ inn, nameVi }: { inn: string; nameVi: string }): string =>
  nameVi === '' || nameVi === inn || inn.includes('+') ? nameVi || inn : `${inn} (${nameVi})`

/** What a citizen or a pharmacist needs of each medicine. */
export function plainLines(content: RxContent, handedOut: readonly { no: number; dispensed: string }[]) {
  const given = new Map(handedOut.map(({ no, dispensed }) => [no, dispensed]))
  return content.lines.map((line) => ({
    no: line.no,
    name: printedName(line),
    strength: line.strength,
    form: line.form,
    route: line.route,
    dose: line.dose,
    doseUnit: line.doseUnit,
    moments: line.moments,
    meal: line.meal,
    days: line.days,
    quantity: line.quantity,
    unit: line.unit,
    given: decimal(given.get(line.no) ?? '0').toFixed(),
    note: line.note,
  }))
}
