import type { Finding, Situation } from '@moinha/contracts/prescriptions'
import { decimal } from '../../../platform/decimal/decimal.ts'
import type { CompletedLine } from './complete-lines.ts'
import { isControlled, kindsOf } from './medicine.ts'
import { mostDaysOf, type SupplyRule } from './supply.ts'
import { pairFindings, type Allergy, type Interaction, type TakenMedicine } from './pair-findings.ts'

/** What the checks ask beside the lines. */
export interface RxFacts {
  /** May the encounter end as treatment? */
  mayTreat: boolean
  diagnoses: readonly { code: string }[]
  birthDate: string | null
  /** Months of age on the day; null where no birth date is known. */
  months: number | null
  weightKg: string | null
  broughtBy: object | null
  /** Patient and practitioner are apart, and the setting closes N and H there (REQ-RX-03). */
  controlledBlocked: boolean
  /** The setting closes narcotics: nothing here keeps the conditions of paper "N". */
  narcoticBlocked: boolean
  situation: Situation
  rules: readonly SupplyRule[]
  lists: ReadonlySet<string>
  allergies: readonly Allergy[]
  taking: readonly TakenMedicine[]
  interactions: readonly Interaction[]
}

type Params = Finding['params']

const finding = (code: Finding['code'], level: Finding['level'], lines: number[], params: Params = {}): Finding => ({
  key: [code, ...lines].join(':'),
  code,
  level,
  lines,
  params,
  why: null,
})
const block = (code: Finding['code'], lines: number[] = [], params: Params = {}) =>
  finding(code, 'block', lines, params)

/** Below this age weight and companion are written. Source: domain notes on regulations, §6.2. */
const childMonths = 72

export const isSmallChild = (months: number | null): boolean => months !== null && months < childMonths

/** Everything that stands against a prescription, blocks first. */
export function findingsOf(lines: readonly CompletedLine[], facts: RxFacts): Finding[] {
  const found = [
    ...aboutPatient(facts),
    ...lines.flatMap(aboutLine),
    ...aboutSupply(lines, facts),
    ...aboutClasses(lines, facts),
    ...pairFindings(lines, facts),
  ]
  const [blocks, warnings] = (['block', 'warn'] as const).map((level) => found.filter((one) => one.level === level))
  return onceByKey([...(blocks ?? []), ...(warnings ?? [])])
}

/** Two medicines of one class make the same pair, two facts the same allergy: the first, graver one stands. */
function onceByKey(found: readonly Finding[]): Finding[] {
  const keys = new Set<string>()
  return found.filter(({ key }) => !keys.has(key) && keys.add(key))
}

/** House rule against grams for kilograms and a slipped comma: no child under 72 months weighs less, none more. */
const childWeight = { least: '1.5', most: '40' }

const isUnlikely = (weightKg: string | null): boolean =>
  weightKg !== null &&
  (decimal(weightKg).lt(decimal(childWeight.least)) || decimal(weightKg).gt(decimal(childWeight.most)))

function aboutPatient(facts: RxFacts): Finding[] {
  const child = isSmallChild(facts.months)
  return [
    ...(facts.mayTreat ? [] : [block('not_allowed_here')]),
    ...(facts.diagnoses.length > 0 ? [] : [block('no_diagnosis')]),
    ...(facts.lists.has('hiv') ? [block('hiv_not_supported')] : []),
    ...(facts.birthDate === null ? [block('birth_date_missing')] : []),
    ...(child && facts.weightKg === null ? [block('weight_missing')] : []),
    ...(child && isUnlikely(facts.weightKg) ? [block('weight_unlikely', [], { weight: facts.weightKg ?? '' })] : []),
    ...(child && facts.broughtBy === null ? [block('companion_missing')] : []),
  ]
}

/**
 * House rule against slips of typing: more tablets, packets or puffs at once than this is asked, than that refused.
 * Millilitres and units of insulin have their own.
 */
const large = { usual: { asks: '4', most: '10' }, ml: { asks: '30', most: '100' }, IU: { asks: '60', most: '150' } }

function aboutLine(line: CompletedLine): Finding[] {
  return [
    ...(line.strength.trim() === '' ? [block('strength_missing', [line.no])] : []),
    ...aboutDose(line),
    ...aboutQuantity(line),
  ]
}

const isNone = (amount: string): boolean => amount === '' || decimal(amount).lte(decimal('0'))

function aboutDose({ no, dose, doseUnit }: CompletedLine): Finding[] {
  if (isNone(dose)) return [block('dose_missing', [no])]
  const limits = doseUnit === 'ml' || doseUnit === 'IU' ? large[doseUnit] : large.usual
  const over = (most: string) => decimal(dose).gt(decimal(most))
  const params = { dose, unit: doseUnit, most: limits.most }
  if (over(limits.most)) return [block('dose_too_large', [no], params)]
  return over(limits.asks) ? [finding('dose_large', 'warn', [no], params)] : []
}

/** Of narcotics, psychotropics and precursors nothing is handed out beyond the course: house rule. */
function aboutQuantity({ no, quantity, computed, class: of }: CompletedLine): Finding[] {
  if (isNone(quantity)) return [block('quantity_missing', [no])]
  if (computed === null || decimal(computed).eq(decimal(quantity))) return []
  const tooMuch = isControlled(of) && decimal(quantity).gt(decimal(computed))
  return [finding('quantity_differs', tooMuch ? 'block' : 'warn', [no], { computed, quantity })]
}

function aboutSupply(lines: readonly CompletedLine[], { rules, situation, lists }: RxFacts): Finding[] {
  return lines.flatMap((line) => {
    const most = mostDaysOf(rules, { class: line.class, situation, lists }) ?? 0
    return line.days > most ? [block('too_many_days', [line.no], { days: line.days, most })] : []
  })
}

function aboutClasses(lines: readonly CompletedLine[], { controlledBlocked, narcoticBlocked }: RxFacts): Finding[] {
  const narcotic = lines.filter((line) => line.class === 'narcotic').map((line) => line.no)
  const controlled = lines.filter((line) => isControlled(line.class)).map((line) => line.no)
  const mixed = kindsOf(lines.map((line) => line.class)).length > 1
  return [
    ...(mixed ? [block('mixed_kinds', controlled)] : []),
    ...(narcoticBlocked && narcotic.length > 0 ? [block('narcotic_conditions', narcotic)] : []),
    ...(controlledBlocked && controlled.length > 0 ? [block('controlled_at_distance', controlled)] : []),
  ]
}
