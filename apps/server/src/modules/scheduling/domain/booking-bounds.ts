/** How much somebody holds open, and how much one may. */
export interface Held {
  ofPatient: number
  patientBound: number
  ofAccount: number
  accountBound: number
}

export interface BoundReached {
  scope: 'patient' | 'account'
  count: number
  bound: number
}

/** Which bound another one would pass, the narrower first; undefined where there is room. */
export function boundReached({ ofPatient, patientBound, ofAccount, accountBound }: Held): BoundReached | undefined {
  if (ofPatient >= patientBound) return { scope: 'patient', count: ofPatient, bound: patientBound }
  if (ofAccount >= accountBound) return { scope: 'account', count: ofAccount, bound: accountBound }
  return undefined
}
