import { meetingsThisYear } from '@moinha/contracts/indicators'
import * as contract from '@moinha/contracts/meetings'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { seedDemo } from '../seed.ts'
import { ngocHoi, poY } from './meeting-rows.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
  await seedDemo(bed.platform)
}, 120_000)
afterAll(() => bed.close())

it('the demo has a briefing to come, and last week’s with its minutes, attendance, and count', async () => {
  const nurse = await bed.as('nurse')
  const [coming] = (await nurse.call(contract.list, { query: { when: 'upcoming' } })).items
  const [past] = (await nurse.call(contract.list, { query: { when: 'past' } })).items
  expect(coming).toMatchObject({ status: 'planned', recurring: true, unitsInvited: 3 })
  expect(past).toMatchObject({ status: 'ended', held: true, minutes: 'approved' })
  const view = await nurse.call(contract.get, { params: { id: coming?.id ?? '' } })
  expect(view.previousId).toBe(past?.id)
  expect(view.carried.map((action) => action.unit?.id)).toContain(poY)
  const { units } = await (await bed.as('unitAdmin')).call(contract.attendance, { params: { id: past?.id ?? '' } })
  expect(units.map((unit) => [unit.attended, unit.late]).filter(([attended]) => attended)).toHaveLength(3)
  expect(units.filter((unit) => unit.late)).toHaveLength(1)
  const { rows } = await bed.owner.query('select kind from indicators.activity where subject_id = $1 order by kind', [
    past?.id,
  ])
  expect(rows.map((row: { kind: string }) => row.kind)).toEqual([
    'briefing_attended',
    'briefing_attended',
    'briefing_held',
  ])
  const year = await (await bed.as('unitAdmin')).call(meetingsThisYear)
  const ours = year.items.find((item) => item.unit.id === ngocHoi)
  expect(ours).toMatchObject({ held: { briefing: heldThisYear(past?.startsAt) }, plan: { briefings: 12 } })
  // begun anew on another day, nothing is there twice
  await seedDemo(bed.platform)
  expect((await nurse.call(contract.list, { query: { when: 'past' } })).items).toHaveLength(1)
})

/** Last week's may have been last year's. */
const heldThisYear = (at = ''): number =>
  localDateOf(new Date(at)).slice(0, 4) === localDateOf(new Date()).slice(0, 4) ? 1 : 0
