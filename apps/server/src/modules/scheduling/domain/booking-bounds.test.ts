import { expect, it } from 'vitest'
import { boundReached } from './booking-bounds.ts'

const bounds = { patientBound: 3, accountBound: 10 }

it('leaves room below both bounds', () => {
  expect(boundReached({ ofPatient: 2, ofAccount: 9, ...bounds })).toBeUndefined()
})

it('names the bound that is reached, the patient’s first', () => {
  expect(boundReached({ ofPatient: 3, ofAccount: 10, ...bounds })).toEqual({ scope: 'patient', count: 3, bound: 3 })
  expect(boundReached({ ofPatient: 0, ofAccount: 12, ...bounds })).toEqual({ scope: 'account', count: 12, bound: 10 })
})
