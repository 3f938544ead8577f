import type { IdentifierSystem } from '@moinha/contracts/records'

// Shapes: domain notes on codes, §3.1–3.2 (Decree 137/2015 Art. 13; Decision 1351/QĐ-BHXH)
const shapes: Readonly<Record<IdentifierSystem, RegExp>> = {
  citizen_id: /^\d{12}$/,
  old_citizen_id: /^\d{9}$/,
  passport: /^[A-Z0-9]{6,15}$/,
  insurance_card: /^([A-Z]{2}[1-5]\d{12}|\d{10})$/,
  social_security: /^\d{10}$/,
  // an internal number must not look like a citizen's number (domain notes on codes, §3.1)
  local: /^(?!\d{12}$)[A-Z0-9/-]{1,30}$/,
}

/** As stored: no spaces or dots, capitals. */
export function normaliseIdentifier(value: string): string {
  return value.normalize('NFC').replace(/[\s.]/g, '').toUpperCase()
}

export function isWellFormed(system: IdentifierSystem, value: string): boolean {
  return shapes[system].test(value)
}

/** Enough to tell two people apart, not enough to use: `••••4321`. */
export function maskIdentifier(value: string): string {
  return `••••${value.slice(-4)}`
}

interface Particulars {
  sex: 'male' | 'female' | 'unknown'
  birthDate: string | null
}

/**
 * What does not fit between a citizen's number and the person: a warning, not a refusal, since numbers are re-issued.
 * Digit 4 tells century and sex, 5–6 the year (domain notes on codes, §3.1).
 */
export function identifierWarnings(
  system: IdentifierSystem,
  value: string,
  { sex, birthDate }: Particulars,
): ('sex_differs' | 'birth_year_differs')[] {
  if (system !== 'citizen_id' || !shapes.citizen_id.test(value)) return []
  const digit = Number(value[3])
  const year = 1900 + 100 * Math.floor(digit / 2) + Number(value.slice(4, 6))
  const sexOfNumber = digit % 2 === 0 ? 'male' : 'female'
  return [
    ...(sex !== 'unknown' && sex !== sexOfNumber ? ['sex_differs' as const] : []),
    ...(birthDate !== null && Number(birthDate.slice(0, 4)) !== year ? ['birth_year_differs' as const] : []),
  ]
}

export interface Needle {
  name: string | null
  /** A LIKE pattern over E.164. */
  phone: string | null
  number: string | null
}

/** What a person typed into the search box: words are a name, digits a phone (its end is enough) or a whole number. */
export function needleOf(typed: string): Needle {
  const text = typed
    .normalize('NFC')
    .replace(/[%_\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return { name: null, phone: null, number: null }
  const compact = normaliseIdentifier(text)
  if (!/\d{4,}/.test(compact)) return { name: text, phone: null, number: null }
  const digits = compact.replace(/\D/g, '').replace(/^(0|84)(?=\d{9}$)/, '')
  return { name: null, phone: digits.length >= 4 && /^[+\d-]+$/.test(compact) ? `%${digits}` : null, number: compact }
}
