import type { ProgrammeDefinition } from '@moinha/contracts/programmes'
import { expect, it } from 'vitest'
import { addDays } from '../../../platform/clock/vietnam-time.ts'
import { shippedProgrammes } from '../data/programmes.ts'
import { countsAs, faultOf, planOf, type KeptVisit } from './plan.ts'

const definitionOf = (code: string): ProgrammeDefinition => {
  const found = shippedProgrammes.find((one) => one.code === code)
  if (!found) throw new Error(`no programme ${code}`)
  return found.definition
}
const antenatal = definitionOf('antenatal')
const hypertension = definitionOf('hypertension')
const kept = (on: string, readings: Record<string, number> = {}): KeptVisit => ({ on, encounterId: null, readings })
const lmp = '2026-01-05'
const weekDay = (week: number) => addDays(lmp, week * 7)

it('all programmes that are shipped can be used', () => {
  expect(shippedProgrammes.map(({ definition }) => faultOf(definition))).toEqual([null, null])
})

it('pregnancy: eight visits from the first day of the last period, the first is due', () => {
  const plan = planOf(antenatal, { anchorOn: lmp, joinedOn: lmp, kept: [] })
  expect(plan.visits.map(({ dueOn }) => dueOn)).toEqual([12, 20, 26, 30, 34, 36, 38, 40].map(weekDay))
  expect(plan.next?.on).toBe(weekDay(12))
  expect(plan.endsOn).toBe(weekDay(44))
})

it('a visit left out is missed as soon as a later one is kept, and due no more', () => {
  const plan = planOf(antenatal, { anchorOn: lmp, joinedOn: lmp, kept: [kept(weekDay(13)), kept(weekDay(26))] })
  expect(plan.visits.slice(0, 4).map(({ keptOn, missed }) => [keptOn, missed])).toEqual([
    [weekDay(13), false],
    [null, true],
    [weekDay(26), false],
    [null, false],
  ])
  expect(plan.next?.on).toBe(weekDay(30))
})

it('who joins late is due for what is still to come, not for what lay before', () => {
  const plan = planOf(antenatal, { anchorOn: lmp, joinedOn: weekDay(29), kept: [] })
  expect(plan.next?.on).toBe(weekDay(30))
  expect(plan.visits.filter(({ missed }) => missed).map(({ code }) => code)).toEqual(['week_12', 'week_20', 'week_26'])
  expect(planOf(antenatal, { anchorOn: lmp, joinedOn: weekDay(43), kept: [] }).next).toBeNull()
})

it('who was at the station twice for one visit kept one visit', () => {
  const plan = planOf(antenatal, {
    anchorOn: lmp,
    joinedOn: lmp,
    kept: [kept(weekDay(12)), kept(addDays(weekDay(12), 3))],
  })
  expect(plan.visits.filter(({ keptOn }) => keptOn !== null)).toHaveLength(1)
  expect(plan.next?.on).toBe(weekDay(20))
})

it('each day of a pregnancy belongs to one visit at most, and every visit can be kept', () => {
  const seen = new Set<string>()
  for (let day = 0; day <= 44 * 7; day++) {
    const { visits } = planOf(antenatal, { anchorOn: lmp, joinedOn: lmp, kept: [kept(addDays(lmp, day))] })
    const hit = visits.filter(({ keptOn }) => keptOn !== null)
    expect(hit.length).toBeLessThanOrEqual(1)
    for (const { code } of hit) seen.add(code)
  }
  expect(seen.size).toBe(8)
})

it('the later the anchor, the later every due date, by as many days', () => {
  for (let shift = 1; shift <= 60; shift += 7) {
    const [one, other] = [lmp, addDays(lmp, shift)].map((anchorOn) =>
      planOf(antenatal, { anchorOn, joinedOn: anchorOn, kept: [] }),
    )
    expect(other?.visits.map(({ dueOn }) => dueOn)).toEqual(one?.visits.map(({ dueOn }) => addDays(dueOn, shift)))
  }
})

it('high blood pressure: a month after the last visit, two weeks where it was still high, whatever the order given', () => {
  const nextOn = (...visits: KeptVisit[]) =>
    planOf(hypertension, { anchorOn: '2026-03-01', joinedOn: '2026-03-01', kept: visits }).next?.on
  expect(nextOn()).toBe('2026-03-01')
  expect(nextOn(kept('2026-03-10', { '8480-6': 130, '8462-4': 80 }))).toBe('2026-04-09')
  expect(nextOn(kept('2026-03-10', { '8480-6': 130, '8462-4': 90 }))).toBe('2026-03-24')
  expect(nextOn(kept('2026-04-01', { '8480-6': 120 }), kept('2026-03-10', { '8480-6': 180 }))).toBe('2026-05-01')
})

it('counts by diagnosis or by what was measured', () => {
  const nothing = { diagnoses: ['J06.9'], readings: {} }
  expect(countsAs(hypertension, nothing)).toBe(false)
  expect(countsAs(hypertension, { ...nothing, diagnoses: ['E11', 'I10'] })).toBe(true)
  expect(countsAs(hypertension, { ...nothing, readings: { '8480-6': 120 } })).toBe(true)
  expect(countsAs(antenatal, { ...nothing, diagnoses: ['O14.1'] })).toBe(true)
})

it('says what is wrong with a definition', () => {
  const { schedule } = antenatal
  if (schedule.kind !== 'fixed') throw new Error('antenatal has fixed visits')
  const [first, ...rest] = schedule.contacts
  if (!first) throw new Error('no visits')
  const wrong = (contacts: typeof schedule.contacts, endsOnDay = schedule.endsOnDay) =>
    faultOf({ ...antenatal, schedule: { ...schedule, contacts, endsOnDay } })
  expect(wrong([{ ...first, untilDay: 200 }, ...rest])).toBe('windows')
  expect(wrong([{ ...first, fromDay: 90 }, ...rest])).toBe('windows')
  expect(wrong([first, { ...first, fromDay: 400, dueDay: 400, untilDay: 400 }])).toBe('codes')
  expect(wrong([first], 30)).toBe('end')
})
