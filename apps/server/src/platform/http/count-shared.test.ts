import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { countInDatabase } from './count-shared.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

it('windows that ended are swept away, those that count stay', async () => {
  const count = countInDatabase(bed.platform.db)
  await count('ended', 60_000)
  await count('counts', 60_000)
  await bed.owner.query("update platform.rate_count set ends_at = now() - interval '1 second' where key = 'ended'")
  await bed.platform.jobs.sweeps.find(({ name }) => name === 'ended rate counts')?.run()
  const { rows } = await bed.owner.query("select key from platform.rate_count where key in ('ended', 'counts')")
  expect(rows).toEqual([{ key: 'counts' }])
  expect((await count('counts', 60_000)).count).toBe(2)
})
