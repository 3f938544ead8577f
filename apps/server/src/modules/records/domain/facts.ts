import { atc as atcSystem, inn as innSystem, namedHere } from '@moinha/contracts/coding'
import type { FactTyped, FactWarning } from '@moinha/contracts/records'
import { icd10 } from '@moinha/contracts/vital-signs'
import { foldWord } from '../../facilities/index.ts'

/** Columns of what was typed; those a kind does not have are empty. */
export interface FactColumns {
  system: string | null
  code: string | null
  display: string
  inn: string
  atc: string | null
  reaction: string
  criticality: 'low' | 'high' | 'unknown' | null
  dosage: string
  started_on: string | null
  ended_on: string | null
  last_period_on: string | null
  outcome: 'live_birth' | 'stillbirth' | 'miscarriage' | 'termination' | 'unknown' | null
  note: string
}

const empty: FactColumns = {
  system: null,
  code: null,
  display: '',
  inn: '',
  atc: null,
  reaction: '',
  criticality: null,
  dosage: '',
  started_on: null,
  ended_on: null,
  last_period_on: null,
  outcome: null,
  note: '',
}

/** A word as a key: without case and without the spaces around it. */
const key = (text: string): string => text.normalize('NFC').toLocaleLowerCase('vi').trim()

interface Substance {
  display: string
  atc: string | null
  inn: string
}

/** By which code a substance is known: the classification's, else its international name, else its name here. */
function codeOf({ atc, inn, display }: Substance): { system: string; code: string } {
  if (atc !== null) return { system: atcSystem, code: atc }
  return inn === '' ? { system: namedHere, code: key(display) } : { system: innSystem, code: key(inn) }
}

export function factColumns(fact: FactTyped): FactColumns {
  const base = { ...empty, note: fact.note }
  switch (fact.kind) {
    case 'no_known_allergies':
      return base
    case 'pregnancy':
      return { ...base, last_period_on: fact.lastPeriodOn, outcome: fact.outcome, ended_on: fact.endedOn }
    case 'problem': {
      const { code, display, startedOn, endedOn } = fact
      return { ...base, system: icd10, code, display, started_on: startedOn, ended_on: endedOn }
    }
    case 'allergy':
    case 'medicine':
      return { ...base, ...substanceColumns(fact) }
  }
}

function substanceColumns(fact: Extract<FactTyped, { kind: 'allergy' | 'medicine' }>): Partial<FactColumns> {
  const { display, atc, inn, startedOn } = fact
  const base = { ...codeOf(fact), display, atc, inn, started_on: startedOn }
  return fact.kind === 'allergy'
    ? { ...base, reaction: fact.reaction, criticality: fact.criticality }
    : { ...base, dosage: fact.dosage, ended_on: fact.endedOn }
}

/**
 * Longer than this ago a last menstrual period is probably mistyped: 280 days and the six weeks after which no
 * pregnancy is carried on. A working choice.
 */
const longestPregnancyDays = 320

/** Days from one day of the calendar to another. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Dates of it that lie after today, by the names they are typed under. */
export function futureDates(fact: FactTyped, today: string): string[] {
  const dates = Object.entries(fact).filter(([name]) => /On$/.test(name))
  return dates.filter(([, day]) => typeof day === 'string' && day > today).map(([name]) => name)
}

/** Does it end before it begins? */
export function endsBeforeItBegins(fact: FactTyped): boolean {
  const { started_on, last_period_on, ended_on } = factColumns(fact)
  const begins = started_on ?? last_period_on
  return begins !== null && ended_on !== null && ended_on < begins
}

/** What is improbable of it; the clinician looked, the program did not. */
export function factWarnings(fact: FactTyped, about: { sex: string; today: string }): FactWarning[] {
  if (fact.kind !== 'pregnancy') return []
  const { lastPeriodOn, endedOn } = fact
  const long = daysBetween(lastPeriodOn, endedOn ?? about.today) > longestPregnancyDays
  return [
    ...(long ? ['last_period_long_ago' as const] : []),
    ...(about.sex === 'male' ? ['patient_is_male' as const] : []),
  ]
}

interface Known {
  kind: FactTyped['kind']
  status: string
  system: string | null
  code: string | null
  display: string
}

/** Of these there is one at a time. */
const singular = new Set<string>(['pregnancy', 'no_known_allergies'])
/** Two strengths of one medicine are two. */
const knownByCode = new Set<string>(['allergy', 'problem'])

/** The one that holds and says the same; a person may write a substance with other capitals or accents. */
export function sameAs<Row extends Known>(fact: FactTyped, rows: readonly Row[]): Row | undefined {
  const { system, code, display } = factColumns(fact)
  const alike = rows.filter((row) => row.kind === fact.kind && row.status === 'active')
  if (singular.has(fact.kind)) return alike[0]
  const byCode = knownByCode.has(fact.kind)
  return (
    alike.find((row) => byCode && row.system === system && row.code === code) ??
    alike.find((row) => fact.kind !== 'problem' && foldWord(row.display) === foldWord(display))
  )
}
