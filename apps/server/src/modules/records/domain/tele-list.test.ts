import { expect, it } from 'vitest'
import { covers, gateOf, type TeleRow } from './tele-list.ts'

const list: TeleRow[] = [
  { patterns: ['E66'], status: 'verified', enabled: false },
  { patterns: ['E10.9', 'E11.9'], status: 'verified', enabled: false },
  { patterns: ['E00-E07'], status: 'pending', enabled: false },
  { patterns: ['J45'], status: 'pending', enabled: true },
]

it('matches by prefix and by range, never across a neighbouring code', () => {
  expect(covers('E66', 'E66')).toBe(true)
  expect(covers('E66', 'E66.0')).toBe(true)
  expect(covers('E11.9', 'E11')).toBe(false)
  expect(covers('E00-E07', 'E07.9')).toBe(true)
  expect(covers('E00-E07', 'E08')).toBe(false)
  expect(covers('M17', 'M1')).toBe(false)
})

it('lets a remote visit end as treatment only for a verified or enabled row', () => {
  expect(gateOf('DIRECT_TO_PATIENT', 'E66.0', list, 'treatment')).toMatchObject({ reason: 'listed', allows: expect.arrayContaining(['treatment']) })
  expect(gateOf('DIRECT_TO_PATIENT', 'J45.0', list, 'treatment').reason).toBe('listed')
  expect(gateOf('DIRECT_TO_PATIENT', 'E05.0', list, 'treatment')).toEqual({ applies: true, allows: ['examination', 'advice', 'referral'], reason: 'pending' })
  expect(gateOf('VIA_RECEIVING_FACILITY', 'Z99', list, 'examination').allows).toEqual(['advice', 'referral'])
  expect(gateOf('DIRECT_TO_PATIENT', undefined, list, 'treatment').reason).toBe('no_diagnosis')
})

it('binds neither a clinician beside the patient nor an installation that switched it off; advice stays advice', () => {
  expect(gateOf('TELECONSULT', 'Z99', list, 'examination').allows).toHaveLength(4)
  expect(gateOf('DIRECT_TO_PATIENT', 'Z99', list, 'off').allows).toHaveLength(4)
  expect(gateOf('HEALTH_ADVICE', 'E66', list, 'off').allows).toEqual(['advice', 'referral'])
})
