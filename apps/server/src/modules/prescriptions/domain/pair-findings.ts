import type { Finding } from '@moinha/contracts/prescriptions'
import type { CompletedLine } from './complete-lines.ts'
import { fold } from './spelling.ts'

/** An active allergy of the patient, as records keeps it. */
export interface Allergy {
  code: string
  display: string
  criticality: 'low' | 'high' | 'unknown'
}

/** A medicine the patient takes already, by their record. */
export interface TakenMedicine {
  display: string
  inn: string | null
  atc: string | null
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
  ]
}

/** Ingredients of a name, "Amoxicillin + clavulanic acid". */
const ingredients = (inn: string): string[] => inn.split('+').map(fold)

/** A code of the ATC list covers what begins with it; a name covers the ingredient. */
function allergyMeets({ code, display }: Allergy, line: CompletedLine): boolean {
  if (/^[A-Z](\d{2}[A-Z]{0,2}(\d{2})?)?$/.test(code) && line.atc !== '' && line.atc.startsWith(code)) return true
  const named = [fold(code), fold(display)].filter((name) => name.length > 2)
  const own = [...ingredients(line.inn), ...ingredients(line.nameVi)]
  return named.some((name) => own.some((one) => one === name || name.split(/[\s,]+/).includes(one)))
}

function allergyFindings(line: CompletedLine, allergies: readonly Allergy[]): Finding[] {
  return allergies
    .filter((allergy) => allergyMeets(allergy, line))
    .map((allergy) => ({
      key: `allergy:${line.no}:${fold(allergy.code)}`,
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

const sharesIngredient = (one: string, other: string): boolean =>
  ingredients(one).some((name) => ingredients(other).includes(name))

/** The same class of the fifth ATC level, or a shared ingredient. */
function isSame(one: { atc: string | null; inn: string | null }, other: CompletedLine): boolean {
  if (one.atc && one.atc === other.atc) return true
  return one.inn !== null && one.inn !== '' && sharesIngredient(one.inn, other.inn)
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
