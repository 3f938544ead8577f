import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { seedDemoDays, seedOnce } from './seed-once.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

const marks = async (like: string) =>
  (await bed.owner.query('select from platform.seed_mark where name like $1', [like])).rowCount

it('a day of the demo that broke off is loaded again, and one that was loaded is not', async () => {
  let loaded = 0
  const whole = { name: 'a', seedDemo: async () => void (loaded += 1) }
  const broken = { name: 'b', seedDemo: () => Promise.reject(new Error('broke off')) }
  await expect(seedDemoDays(bed.platform, [whole, broken])).rejects.toThrow('broke off')
  expect(await marks('demo-day %')).toBe(0)
  await seedDemoDays(bed.platform, [whole])
  await seedDemoDays(bed.platform, [whole])
  expect([loaded, await marks('demo-day %')]).toEqual([2, 1])
})

it('of two that load at the same time one loads, and the other waits until it has', async () => {
  const seen: string[] = []
  const load = async () => {
    seen.push('begins')
    await new Promise((resolve) => setTimeout(resolve, 200))
    seen.push('ends')
  }
  const both = [1, 2].map(() => seedOnce(bed.platform, 'twice at once', load).then((fresh) => seen.push(String(fresh))))
  await Promise.all(both)
  expect(seen).toEqual(['begins', 'ends', 'true', 'false'])
})
