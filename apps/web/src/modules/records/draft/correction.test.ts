import { expect, it } from 'vitest'
import { changesBetween, correctionOf } from './correction.ts'

const flu = { code: 'J11', display: 'Cúm' }
const hypertension = { code: 'I10', display: 'Tăng huyết áp' }
const before = {
  complaint: 'Ho',
  findings: 'Họng đỏ',
  conclusion: 'Cúm',
  advice: '',
  nextAppointmentOn: null,
  referredUp: false,
  disposition: 'advice' as const,
  channel: 'video' as const,
  identityCheck: 'known_to_staff' as const,
  consentBy: 'patient' as const,
  diagnoses: [flu],
}

it('sends nothing of what stayed as it was', () => {
  expect(changesBetween(before, correctionOf(before))).toEqual({})
})

it('sends diagnoses, asking upwards and the channel when they changed', () => {
  const after = { ...correctionOf(before), diagnoses: [hypertension, flu], referredUp: true }
  expect(changesBetween(before, after)).toEqual({ diagnoses: [hypertension, flu], referredUp: true })
  expect(changesBetween(before, { ...after, channel: 'voice' })).toMatchObject({ channel: 'voice' })
})
