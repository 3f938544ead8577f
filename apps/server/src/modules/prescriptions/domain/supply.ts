import type { MedicineClass, Situation } from '@moinha/contracts/prescriptions'

/** A dated row of the table of limits; data of `prescriptions.supply_rule`. */
export interface SupplyRule {
  class: MedicineClass
  situation: Situation
  icdList: string | null
  mostDays: number
}

/** Does a pattern cover a code? `E66` covers E66.0, `E00-E07` is a range: as in the list of remote diseases. */
export function coversCode(pattern: string, code: string): boolean {
  const [from, to] = pattern.split('-')
  const block = code.slice(0, 3)
  if (from !== undefined && to !== undefined) return block >= from && block <= to
  return code === pattern || code.startsWith(pattern.includes('.') ? pattern : `${pattern}.`)
}

interface Asked {
  class: MedicineClass
  situation: Situation
  /** Lists on which one of the diagnoses stands. */
  lists: ReadonlySet<string>
}

/**
 * The most days of supply by the rules of the day; none where no rule knows the case. A situation without a row of its
 * own is a usual one.
 */
export function mostDaysOf(rules: readonly SupplyRule[], asked: Asked): number | undefined {
  const ofClass = rules.filter(
    (rule) => rule.class === asked.class && (rule.icdList === null || asked.lists.has(rule.icdList)),
  )
  const exact = ofClass.filter((rule) => rule.situation === asked.situation)
  const fitting = exact.length > 0 ? exact : ofClass.filter((rule) => rule.situation === 'usual')
  return fitting.length === 0 ? undefined : Math.max(...fitting.map((rule) => rule.mostDays))
}
