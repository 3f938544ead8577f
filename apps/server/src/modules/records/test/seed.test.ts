import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { encounterFinished, records } from '../index.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

it('fills the past two quarters of the pilot stations once, and announces each encounter', async () => {
  let announced = 0
  bed.platform.events.on(encounterFinished, async () => void (announced += 1))
  await records.seedDemo?.(bed.platform)
  await records.seedDemo?.(bed.platform)
  const { rows } = await bed.owner.query<{
    n: number
    stations: number
    future: number
  }>(`select count(*)::int as n, count(distinct facility_id)::int as stations,
    count(*) filter (where finished_at > now()
    or extract(isodow from started_at at time zone 'Asia/Ho_Chi_Minh') > 5)::int as future from records.encounter
    where status = 'finished'`)
  expect(rows[0]).toEqual({ n: announced, stations: announced / 16, future: 0 })
  expect(rows[0]?.stations).toBeGreaterThanOrEqual(16)
})
