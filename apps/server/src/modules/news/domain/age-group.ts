import type { AgeGroup } from '@moinha/contracts/news'

/** undefined below 16: the annex (Kon Tum plan, April 2024, row 9) counts people of 16 and older. */
export function ageGroupOf(age: number): AgeGroup | undefined {
  if (age < 16) return undefined
  if (age < 30) return '16-29'
  if (age < 45) return '30-44'
  return age < 60 ? '45-59' : '60+'
}
