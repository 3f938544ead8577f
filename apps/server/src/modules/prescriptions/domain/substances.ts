import { spelledWords } from './spelling.ts'

/** How a medicine of the catalogue is called. */
export interface MedicineName {
  inn: string
  nameVi: string
  atc: string
}

/** Words that stand in many names and tell no substance. */
const telling = new Set(
  spelledWords(
    `acid salt natri sodium kali potassium clorid chloride hydroclorid hydrochloride sulfat sulfate human người regular
    premixed trộn tác dụng nhanh oral rehydration vitamin thuốc viên kem dị ứng kháng sinh và hoặc với cho nhóm mg ml`,
  ),
)
const substanceWords = (name: string): string[] =>
  spelledWords(name).filter((word) => word.length > 2 && !telling.has(word))

const ingredientsOf = (name: string): string[] => name.split('+').filter((one) => one.trim() !== '')

/** Do two texts name a substance in common, by whole words in one spelling? */
export function shareSubstance(one: string, other: string): boolean {
  const words = new Set(substanceWords(one))
  return substanceWords(other).some((word) => words.has(word))
}

/** ATC codes of medicines of the catalogue that a text names, with every ingredient they have. */
export function codesNamed(text: string, names: readonly MedicineName[]): string[] {
  const namesAll = (name: string) =>
    ingredientsOf(name).length > 0 && ingredientsOf(name).every((one) => shareSubstance(one, text))
  return [...new Set(names.filter((one) => namesAll(one.inn) || namesAll(one.nameVi)).map((one) => one.atc))].filter(
    Boolean,
  )
}

/** What people write of a whole class, in one spelling, and where ATC has it. Source: ATC index, WHO. */
const classWords: readonly (readonly [string, readonly string[]])[] = [
  ['penicilin', ['J01C']],
  ['pnc', ['J01C']],
  ['betalactam', ['J01C', 'J01D']],
  ['cefalosporin', ['J01D']],
  ['sulfamid', ['J01E']],
  ['sulfonamid', ['J01E']],
  ['sulfa', ['J01E']],
  ['nsaid', ['M01A']],
  ['khong steroid', ['M01A']],
]

export function classesNamed(text: string): string[] {
  const said = ` ${spelledWords(text).join(' ')} `
  return classWords.flatMap(([words, codes]) => (said.includes(` ${words} `) ? codes : []))
}

/** Aspirin and other salicylates stand elsewhere in ATC and cross-react with the NSAIDs. */
const familyOf = (atc: string): string => (/^(B01AC06|N02BA)/.test(atc) ? 'M01A' : atc)

/** Penicillins, cephalosporins and NSAIDs cross-react within the whole group; others within a chemical subgroup. */
const groupOf = (atc: string): string => atc.slice(0, /^(J01C|J01D|M01A)/.test(atc) ? 4 : 5)

/** Does what is not borne under one ATC code, or a group of it, meet a medicine of the other? */
export function crossReact(notBorne: string, atc: string): boolean {
  if (notBorne === '' || atc === '') return false
  const [one, other] = [familyOf(notBorne), familyOf(atc)]
  return atc.startsWith(notBorne) || other.startsWith(one) || groupOf(one) === groupOf(other)
}

/** An allergy of the record with every code its words stand for. */
interface WrittenAllergy {
  code: string
  display: string
  inn: string
  atc: string | null
  criticality: 'low' | 'high' | 'unknown'
}

export function allergyWithCodes(written: WrittenAllergy, names: readonly MedicineName[]) {
  const { code, display, inn, atc, criticality } = written
  const text = [display, inn, atc === code ? '' : code].join(' ')
  const atcCodes = [...(atc === null ? [] : [atc]), ...classesNamed(text), ...codesNamed(text, names)]
  return { code, display, criticality, text, atcCodes: [...new Set(atcCodes)] }
}

interface WrittenMedicine {
  display: string
  inn: string
  atc: string | null
}

/** Below this length an ATC code names a group too wide for the pairs. */
const precise = 5

/** A medicine taken already, once for each code its words stand for; without one, it could not be checked. */
export function takenWithCodes({ display, inn, atc }: WrittenMedicine, names: readonly MedicineName[]) {
  const written = atc === null ? [] : [atc]
  const found = atc !== null && atc.length === 7 ? [] : codesNamed(`${display} ${inn}`, names)
  const codes = [...new Set([...written, ...found])]
  if (!codes.some((one) => one.length >= precise)) return [{ display, inn, atc, checked: false }]
  return codes.map((one) => ({ display, inn, atc: one, checked: true }))
}
