import { expect, it } from 'vitest'
import { identifierWarnings, isWellFormed, maskIdentifier, needleOf, normaliseIdentifier } from './identifiers.ts'

it('keeps numbers without spaces, in capitals, and shows only their end', () => {
  expect(normaliseIdentifier(' gd4 62 1234567890 ')).toBe('GD4621234567890')
  expect(isWellFormed('insurance_card', 'GD4621234567890')).toBe(true)
  expect(isWellFormed('citizen_id', '06219600123')).toBe(false)
  expect(isWellFormed('local', '062196001234')).toBe(false)
  expect(maskIdentifier('062196001234')).toBe('••••1234')
})

it('warns when a citizen number does not fit sex or birth year', () => {
  expect(identifierWarnings('citizen_id', '062196001234', { sex: 'female', birthDate: '1996-03-08' })).toEqual([])
  expect(identifierWarnings('citizen_id', '062196001234', { sex: 'male', birthDate: '2096-03-08' })).toEqual([
    'sex_differs',
    'birth_year_differs',
  ])
})

it('reads the search box', () => {
  expect(needleOf('Y  Lan')).toEqual({ name: 'Y Lan', phone: null, number: null })
  expect(needleOf('0912345678')).toEqual({ name: null, phone: '%912345678', number: '0912345678' })
  expect(needleOf('5678').phone).toBe('%5678')
  expect(needleOf('GD4621234567890')).toEqual({ name: null, phone: null, number: 'GD4621234567890' })
  expect(needleOf('100%')).toEqual({ name: '100', phone: null, number: null })
})
