import { channelsOf } from '@moinha/contracts/meeting-channels'
import type { GateBinding, GateReason, RemoteMode, TeleGate } from '@moinha/contracts/records'
import { describe, expect, it } from 'vitest'
import { gateOf, isBound, type Finding } from './gate.ts'
import type { TeleRow } from './tele-list.ts'

const list: TeleRow[] = [
  { patterns: ['E66'], status: 'verified', enabled: false },
  { patterns: ['E00-E07'], status: 'pending', enabled: false },
  { patterns: ['J45'], status: 'pending', enabled: true },
]
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
  const [mode, channel, side, primaryCode, setting, allows, reason] = row
  const meeting = { mode, channel, supports: side === 'supporter' }
  const gate = gateOf(meeting, { primaryCode, list, pilot: 'none', setting }, [])
  expect([gate.allows, gate.reason]).toEqual([allows, reason])
})

const modes = Object.keys(channelsOf) as RemoteMode[]
const bindings = ['off', 'warn', 'bind'] as const
const settings = ['off', 'treatment', 'examination'] as const
const pilots = ['none', 'open', 'full'] as const
const reasonsOf = {
  announcement: [null, 'not_announced'],
  registration: [null, 'not_registered', 'outside_hours'],
  contract: [null, 'no_contract', 'contract_incomplete'],
} as const satisfies Record<Finding['condition'], readonly (GateReason | null)[]>

const found = (condition: Finding['condition'], binding: GateBinding, reason: GateReason | null): Finding => ({
  condition,
  binding,
  met: reason === null,
  reason,
})

/** mode × diagnosis × list setting × pilot × announcement × registration × contract, each with each binding. */
function* table() {
  for (const mode of modes)
    for (const primaryCode of [listed, pending, foreign, undefined])
      for (const setting of settings)
        for (const pilot of pilots)
          for (const binding of bindings)
            for (const announcement of reasonsOf.announcement)
              for (const registration of reasonsOf.registration)
                for (const contract of reasonsOf.contract)
                  yield {
                    mode,
                    disease: { primaryCode, list, pilot, setting: setting as TeleGate },
                    findings: [
                      found('announcement', binding, announcement),
                      found('registration', binding, registration),
                      found('contract', binding, contract),
                    ],
                  }
}

describe('every combination of mode, diagnosis, pilot, announcement, registration and contract', () => {
  const judged = [...table()].map((one) => {
    const channel = channelsOf[one.mode][0] ?? 'video'
    return { ...one, gate: gateOf({ mode: one.mode, channel, supports: false }, one.disease, one.findings) }
  })

  it('leaves advice and referral open, and says why where something is closed', () => {
    expect(judged).toHaveLength(6 * 4 * 3 * 3 * 3 * 2 * 3 * 3)
    for (const { gate } of judged) {
      expect(gate.allows.slice(-2)).toEqual(adviceOnly)
      const silent = gate.conditions.filter((one) => !one.met && one.reason === null)
      expect(silent).toEqual([])
    }
  })

  it('remote care is treated only where nothing that binds is missing, by list or pilot', () => {
    for (const { mode, disease, findings, gate } of judged.filter((one) => isBound(one.mode))) {
      const diseaseMayBeTreated =
        disease.setting === 'off' ||
        (disease.primaryCode !== undefined && (disease.primaryCode === listed || disease.pilot === 'open'))
      const nothingMissing = findings.every((one) => one.met || one.binding !== 'bind')
      expect([mode, gate.allows.includes('treatment')]).toEqual([mode, diseaseMayBeTreated && nothingMissing])
    }
  })

  it('lists every condition that is not met, not only the first, and never one that is off', () => {
    for (const { disease, findings, gate } of judged.filter((one) => isBound(one.mode))) {
      const told = gate.conditions.filter((one) => one.condition !== 'disease' && !one.met).map((one) => one.reason)
      const missing = findings.filter((one) => !one.met && one.binding !== 'off').map((one) => one.reason)
      expect(told).toEqual(missing)
      expect(gate.conditions.some((one) => one.condition === 'disease')).toBe(disease.setting !== 'off')
    }
  })

  it('nothing of it closes treatment in person, after a consult or with support', () => {
    for (const { mode, gate } of judged) {
      if (isBound(mode) || mode === 'HEALTH_ADVICE') continue
      expect(gate.allows).toEqual(everything)
      expect(gate.conditions.filter((one) => one.binding === 'bind')).toEqual([])
    }
  })

  it('a warning closes nothing and is told', () => {
    const warned = judged.filter(({ findings }) => findings.every((one) => one.binding === 'warn'))
    for (const { mode, disease, gate } of warned)
      if (isBound(mode) && disease.primaryCode === listed) expect(gate.allows).toEqual(everything)
  })
})

describe('a pilot approval', () => {
  const meeting = { mode: 'DIRECT_TO_PATIENT', channel: 'video', supports: false } as const
  it.each([
    [foreign, 'open', everything, 'pilot'],
    [pending, 'open', everything, 'pilot'],
    [foreign, 'full', noTreatment, 'pilot_full'],
    // the list comes first: a listed disease takes no place
    [listed, 'open', everything, 'listed'],
    [listed, 'full', everything, 'listed'],
  ] as const)('%s, places %s', (primaryCode, pilot, allows, reason) => {
    const gate = gateOf(meeting, { primaryCode, list, pilot, setting: 'treatment' }, [])
    expect([gate.allows, gate.reason]).toEqual([allows, reason])
  })

  it('does not stand in for an announcement that binds', () => {
    const missing = found('announcement', 'bind', 'not_announced')
    const gate = gateOf(meeting, { primaryCode: foreign, list, pilot: 'open', setting: 'treatment' }, [missing])
    expect([gate.allows, gate.reason]).toEqual([adviceOnly, 'not_announced'])
  })
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
