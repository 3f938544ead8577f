import { annex } from '@moinha/contracts/indicators'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { countFacts } from './facts-of-the-quarter.ts'
import { RandomActions } from './random-actions.ts'

const units = { station: facilityIdOf('kt-tyt-po-y'), hospital: facilityIdOf('kt-bvdkkv-ngoc-hoi') }
const [from, until] = ['2026-10-01T00:00:00+07:00', '2027-01-01T00:00:00+07:00']
const clock = new FixedClock('2026-11-24T07:00:00+07:00')
const firstSlot = new Date('2026-11-24T07:30:00+07:00')
let bed: TestBed
let officer: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  officer = await bed.as('officer')
})
afterAll(() => bed.close())

async function reported(unitId: string): Promise<Record<string, number>> {
  const { rows } = await officer.call(annex, {
    params: { form: 'kon-tum-annex-2024', unitId },
    query: { quarter: '2026-Q4' },
  })
  return Object.fromEntries(
    rows.filter((row) => row.no !== '6' && row.no !== '7').map((row) => [row.no, row.value ?? -1]),
  )
}

async function nets(unitId: string): Promise<Record<string, number>> {
  const { rows } = await bed.owner.query<{ kind: string; net: number }>(
    `select kind, sum(sign)::int as net from indicators.activity where facility_id in (
       select below.facility_id from facilities.current_path top
         join facilities.current_path below on below.path <@ top.path
       where top.facility_id = $1) group by kind having sum(sign) <> 0`,
    [unitId],
  )
  return Object.fromEntries(rows.map((row) => [row.kind, row.net]))
}

describe.each([11, 2026])('whatever people do, in whatever order (seed %i)', (seed) => {
  it('the annex says what the facts say, after every few steps', { timeout: 240_000 }, async () => {
    const play = await RandomActions.open(bed, seed, firstSlot)
    for (let step = 1; step <= 500; step += 1) {
      await play.step()
      clock.set(new Date(clock.now().getTime() + 7_000))
      if (step % 10 > 0) continue
      for (const unitId of Object.values(units)) {
        const facts = await countFacts(bed.owner, unitId, from, until)
        expect({ step, ...(await reported(unitId)) }).toEqual({ step, ...facts.annex })
        expect({ step, ...(await nets(unitId)) }).toEqual({ step, ...facts.byKind })
      }
    }
    // the play was no idle one: what corrects and takes back happened
    for (const name of [
      'finish',
      'correct',
      'takeBack',
      'accept',
      'withdraw',
      'sign',
      'help',
      'helpBack',
      'book',
      'callOff',
      'begin',
    ]) {
      expect([name, play.done.get(name) ?? 0]).not.toEqual([name, 0])
    }
  })

  it('and no row was ever changed: each reversal is its original with the other sign', async () => {
    const { rows } = await bed.owner.query<{ wrong: number; reversed: number }>(`
      select count(*) filter (where (to_jsonb(o) - '{id,sign,reverses,cause,recorded_at}'::text[])
          is distinct from (to_jsonb(r) - '{id,sign,reverses,cause,recorded_at}'::text[]))::int as wrong,
          count(*)::int as reversed
      from indicators.activity r join indicators.activity o on o.id = r.reverses where r.sign = -1`)
    expect(rows[0]?.wrong).toBe(0)
    expect(rows[0]?.reversed).toBeGreaterThan(5)
    await expect(bed.owner.query('update indicators.activity set sign = 1')).rejects.toThrow(/only grows/)
    await expect(bed.owner.query('delete from indicators.activity')).rejects.toThrow(/only grows/)
  })
})
