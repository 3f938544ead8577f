import { channelsOf } from '@moinha/contracts/meeting-channels'
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

const everything = ['treatment', 'examination', 'advice', 'referral']
const noTreatment = ['examination', 'advice', 'referral']
const adviceOnly = ['advice', 'referral']
const [listed, enabled, pending, foreign] = ['E66.0', 'J45.0', 'E05.0', 'Z99']

// Each mode as regulations §1.4 writes it: mode, channel, side, primary diagnosis, setting → what it may end as, and
// why.
it.each([
  // in person: no list
  ['IN_PERSON', 'in_person', 'own', foreign, 'examination', everything, 'in_person'],
  // directly to the patient (Decree 96 Art. 87(10)): the list binds
  ['DIRECT_TO_PATIENT', 'video', 'own', listed, 'treatment', everything, 'listed'],
  ['DIRECT_TO_PATIENT', 'voice', 'own', enabled, 'treatment', everything, 'listed'],
  ['DIRECT_TO_PATIENT', 'chat', 'own', pending, 'treatment', noTreatment, 'pending'],
  ['DIRECT_TO_PATIENT', 'video', 'own', foreign, 'treatment', noTreatment, 'not_listed'],
  ['DIRECT_TO_PATIENT', 'video', 'own', undefined, 'treatment', noTreatment, 'no_diagnosis'],
  ['DIRECT_TO_PATIENT', 'video', 'own', foreign, 'examination', adviceOnly, 'not_listed'],
  ['DIRECT_TO_PATIENT', 'video', 'own', listed, 'examination', everything, 'listed'],
  ['DIRECT_TO_PATIENT', 'video', 'own', foreign, 'off', everything, 'off'],
  // through a receiving facility (Art. 87(9)): the list binds just so
  ['VIA_RECEIVING_FACILITY', 'video', 'own', listed, 'treatment', everything, 'listed'],
  ['VIA_RECEIVING_FACILITY', 'video', 'own', foreign, 'treatment', noTreatment, 'not_listed'],
  ['VIA_RECEIVING_FACILITY', 'video', 'own', foreign, 'examination', adviceOnly, 'not_listed'],
  // support between facilities (Art. 88): who has the patient treats in person, who supports does not treat
  ['INTER_FACILITY_SUPPORT', 'in_person', 'own', foreign, 'examination', everything, 'in_person'],
  ['INTER_FACILITY_SUPPORT', 'video', 'own', listed, 'treatment', adviceOnly, 'support_only'],
  ['INTER_FACILITY_SUPPORT', 'in_person', 'supporter', listed, 'treatment', adviceOnly, 'support_only'],
  // teleconsult (Law Art. 64): in-person care after a consult is not bound, the consultant advises
  ['TELECONSULT', 'in_person', 'own', foreign, 'examination', everything, 'in_person'],
  ['TELECONSULT', 'voice', 'own', listed, 'off', adviceOnly, 'support_only'],
  ['TELECONSULT', 'in_person', 'supporter', listed, 'off', adviceOnly, 'support_only'],
  // health advice is no treatment, whatever the list and the setting say
  ['HEALTH_ADVICE', 'video', 'own', listed, 'treatment', adviceOnly, 'advice_only'],
  ['HEALTH_ADVICE', 'chat', 'own', listed, 'off', adviceOnly, 'advice_only'],
] as const)('%s by %s, %s side, %s, setting %s', (...row) => {
  const [mode, channel, side, code, setting, allows, reason] = row
  const gate = gateOf({ mode, channel, supports: side === 'supporter' }, code, list, setting)
  expect([gate.allows, gate.reason]).toEqual([allows, reason])
})

it.each([
  ['IN_PERSON', ['in_person']],
  ['DIRECT_TO_PATIENT', ['video', 'voice', 'chat']],
  ['VIA_RECEIVING_FACILITY', ['video', 'voice', 'chat']],
  ['HEALTH_ADVICE', ['video', 'voice', 'chat']],
  ['INTER_FACILITY_SUPPORT', ['in_person', 'video', 'voice', 'chat']],
  ['TELECONSULT', ['in_person', 'video', 'voice', 'chat']],
] as const)('%s is met by %j', (mode, channels) => {
  expect(channelsOf[mode]).toEqual(channels)
})
