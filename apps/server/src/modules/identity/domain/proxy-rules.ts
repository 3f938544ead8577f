import { ageOn } from '../../../platform/clock/age.ts'

/** How a link between guardian and dependant was proven. */
export type ProxyProof = 'declared' | 'paper' | 'phone_code'
export type ProxyPaper =
  'birth_certificate' | 'residence_paper' | 'guardianship_decision' | 'authorisation' | 'court_decision' | 'other'
/** Who consented for the dependant. */
export type ProxyConsent = 'representative' | 'both' | 'self' | 'paper'

export interface ProxyAsked {
  /** Birth dates, `2019-08-14`; null where unknown. */
  guardianBorn: string | null
  dependantBorn: string | null
  today: string
  proof: ProxyProof
  paper?: ProxyPaper | undefined
  /** The dependant said yes, in front of whoever writes it down or by giving the code. */
  dependantAgrees: boolean
}

export type ProxyJudgement =
  | { consentBy: ProxyConsent }
  | {
      refused:
        'GUARDIAN_BIRTH_DATE_MISSING' | 'GUARDIAN_MINOR' | 'DEPENDANT_MUST_AGREE' | 'DEPENDANT_BIRTH_DATE_MISSING'
    }

// Law 91/2025/QH15, Decree 356/2025/ND-CP: under 7 the representative consents; 7 to under 18 child and representative
// (domain notes on regulations, §8.1)
const consentFromAge = 7
// Civil Code 91/2015/QH13 Art. 20: adult from 18
const adultFromAge = 18
// Civil Code 91/2015/QH13 Art. 22–24, 46, 135, 138: a guardian, a court or a written authorisation stands in for the
// adult's own word
const papersForAdults: ReadonlySet<ProxyPaper> = new Set(['guardianship_decision', 'court_decision', 'authorisation'])

/** Has somebody born on this day reached the age on that day? Born on 29 February: on 1 March in other years. */
export function hasReached(born: string, years: number, on: string): boolean {
  return ageOn(born, on) >= years
}

export function isAdult(born: string, on: string): boolean {
  return hasReached(born, adultFromAge, on)
}

/** May the guardian act for the dependant, and on whose consent does it rest? */
export function judgeProxy(asked: ProxyAsked): ProxyJudgement {
  const { guardianBorn, today } = asked
  if (guardianBorn === null) return { refused: 'GUARDIAN_BIRTH_DATE_MISSING' }
  return isAdult(guardianBorn, today) ? judgeDependant(asked) : { refused: 'GUARDIAN_MINOR' }
}

function judgeDependant({ dependantBorn: born, today, proof, paper, dependantAgrees }: ProxyAsked): ProxyJudgement {
  // where somebody is written down the date is asked first; who gave the code of their own phone may not have one
  if (born === null && proof !== 'phone_code') return { refused: 'DEPENDANT_BIRTH_DATE_MISSING' }
  if (born !== null && !hasReached(born, consentFromAge, today)) return { consentBy: 'representative' }
  const isMinor = born !== null && !isAdult(born, today)
  if (dependantAgrees) return { consentBy: isMinor ? 'both' : 'self' }
  const paperStandsIn = !isMinor && paper !== undefined && papersForAdults.has(paper)
  return paperStandsIn ? { consentBy: 'paper' } : { refused: 'DEPENDANT_MUST_AGREE' }
}
