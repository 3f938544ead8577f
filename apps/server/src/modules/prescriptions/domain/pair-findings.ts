import type { Finding } from '@moinha/contracts/prescriptions'
import type { CompletedLine } from './complete-lines.ts'
import { fold } from './spelling.ts'
import { crossReact, shareSubstance } from './substances.ts'

/** An active allergy of the patient, with the ATC codes its words stand for. */
export interface Allergy {
  code: string
  display: string
  criticality: 'low' | 'high' | 'unknown'
  /** Everything it is called. */
  text: string
  atcCodes: readonly string[]
}

/** A medicine the patient takes already; `checked`: it is known well enough to be checked against others. */
export interface TakenMedicine {
  display: string
  inn: string
  atc: string | null
  checked: boolean
}

/** A pair that does not go together, by the beginnings of two ATC codes. */
export interface Interaction {
  one: string
  other: string
  level: 'block' | 'warn'
  whyVi: string
  whyEn: string
}

interface Facts {
  allergies: readonly Allergy[]
  taking: readonly TakenMedicine[]
  interactions: readonly Interaction[]
}

/** Allergies, the same twice, and pairs that do not go together. */
export function pairFindings(lines: readonly CompletedLine[], facts: Facts): Finding[] {
  return [
    ...lines.flatMap((line) => allergyFindings(line, facts.allergies)),
    ...twiceOnPaper(lines),
    ...lines.flatMap((line) => takenAlready(line, facts.taking)),
    ...interactionFindings(lines, facts),
    ...notChecked(facts.taking),
  ]
}

/** By code or by any of its names. */
function allergyMeets({ text, atcCodes }: Allergy, line: CompletedLine): boolean {
  return atcCodes.some((code) => crossReact(code, line.atc)) || shareSubstance(text, `${line.inn} ${line.nameVi}`)
}

/** So much of a name makes a key: reasons are sent under it. */
const keyLength = 120

function allergyFindings(line: CompletedLine, allergies: readonly Allergy[]): Finding[] {
  return allergies
    .filter((allergy) => allergyMeets(allergy, line))
    .map((allergy) => ({
      key: `allergy:${line.no}:${fold(allergy.code).slice(0, keyLength)}`,
      code: 'allergy' as const,
      level: allergy.criticality === 'high' ? ('block' as const) : ('warn' as const),
      lines: [line.no],
      params: { allergy: allergy.display },
      why: null,
    }))
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]))
}

/** The same class of the fifth ATC level, or a shared ingredient. */
function isSame(one: { atc: string | null; inn: string }, other: CompletedLine): boolean {
  if (one.atc && one.atc === other.atc) return true
  return one.inn !== '' && shareSubstance(one.inn, other.inn)
}

function twiceOnPaper(lines: readonly CompletedLine[]): Finding[] {
  return pairsOf(lines).flatMap(([one, other]): Finding[] => {
    const both = [one.no, other.no]
    const params = { name: other.inn }
    if (one.medicineId === other.medicineId)
      return [
        {
          key: `medicine_twice:${both.join(':')}`,
          code: 'medicine_twice',
          level: 'block',
          lines: both,
          params,
          why: null,
        },
      ]
    if (!isSame(one, other)) return []
    return [
      {
        key: `same_ingredient:${both.join(':')}`,
        code: 'same_ingredient',
        level: 'warn',
        lines: both,
        params,
        why: null,
      },
    ]
  })
}

/** What nobody could find in the catalogue is said, since silence would read as safe. */
function notChecked(taking: readonly TakenMedicine[]): Finding[] {
  return taking
    .filter((one) => !one.checked)
    .map(({ display }) => ({
      key: `medicine_not_checked:${fold(display).slice(0, keyLength)}`,
      code: 'medicine_not_checked',
      level: 'warn',
      lines: [],
      params: { name: display },
      why: null,
    }))
}

function takenAlready(line: CompletedLine, taking: readonly TakenMedicine[]): Finding[] {
  const same = taking.find((one) => isSame(one, line))
  if (!same) return []
  const key = `takes_already:${line.no}`
  return [{ key, code: 'takes_already', level: 'warn', lines: [line.no], params: { name: same.display }, why: null }]
}

const meets = (pair: Interaction, one: string, other: string): boolean =>
  (one.startsWith(pair.one) && other.startsWith(pair.other)) ||
  (one.startsWith(pair.other) && other.startsWith(pair.one))

/** Between two lines, and between a line and what the patient takes already. */
function interactionFindings(lines: readonly CompletedLine[], { interactions, taking }: Facts): Finding[] {
  const between = pairsOf(lines).flatMap(([one, other]) =>
    interactions
      .filter((pair) => meets(pair, one.atc, other.atc))
      .map((pair) => interaction(pair, [one.no, other.no], other.inn)),
  )
  const withTaken = lines.flatMap((line) =>
    taking.flatMap((taken) =>
      interactions
        .filter((pair) => taken.atc && meets(pair, line.atc, taken.atc))
        .map((pair) => interaction(pair, [line.no], taken.display)),
    ),
  )
  return [...between, ...withTaken]
}

const interaction = (pair: Interaction, lines: number[], name: string): Finding => ({
  key: `interaction:${lines.join(':')}:${pair.one}:${pair.other}`,
  code: 'interaction',
  level: pair.level,
  lines,
  params: { name },
  why: { vi: pair.whyVi, en: pair.whyEn },
})
