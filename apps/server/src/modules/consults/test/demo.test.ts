import * as contract from '@moinha/contracts/consults'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { modules } from '../../../app.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { rowsOf } from './consult-story.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
  for (const module of modules) await module.seedDemo?.(bed.platform)
})
afterAll(() => bed.close())

it('the demo has past consults that open like real ones and are counted like real ones', async () => {
  const [{ cases, acts, filed }] = (await rowsOf<{ cases: number; acts: number; filed: number }>(
    bed,
    `select (select count(*)::int from consults.consult) as cases,
    (select count(*)::int from indicators.activity where kind = 'consult') as acts,
    (select count(*)::int from records.document where kind = 'consult_minutes') as filed`,
    [],
  )) as [{ cases: number; acts: number; filed: number }]
  expect(cases).toBeGreaterThan(20)
  expect({ acts, filed }).toEqual({ acts: cases, filed: cases })
  const nurse = await bed.as('nurse')
  const [line] = (await nurse.call(contract.list, { query: { box: 'outgoing', state: 'all' } })).items
  const consult = await nurse.call(contract.get, { params: { id: line?.id ?? '' } })
  expect(consult.minutes).toMatchObject({ state: 'locked', waitingFor: [] })
})
