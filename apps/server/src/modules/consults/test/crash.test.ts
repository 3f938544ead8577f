import * as consults from '@moinha/contracts/consults'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitted } from './consult-story.ts'
import { openFleet, type Fleet } from '../../../platform/testing/server-fleet.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'

let fleet: Fleet
let nurse: TestClient
beforeAll(async () => {
  fleet = await openFleet()
  nurse = await fleet.as('nurse')
}, 120_000)
afterAll(() => fleet.close(), 60_000)

const stepOf = async (id: string) => (await nurse.call(consults.get, { params: { id } })).ring?.step
const jobs = 'graphile_worker._private_jobs'

test('a job whose worker was killed in the middle runs again within seconds, not hours', async () => {
  const { id } = await submitted(nurse)
  const moment = await fleet.hold('select from consults.consult where id = $1 for update', [id])
  await fleet.owner.query(`update ${jobs} set run_at = now() where key = $1`, [`consult-ring:${id}`])
  await moment.reached()
  await fleet.kill(0)
  await moment.release()
  const { rows } = await fleet.owner.query(`select locked_by is not null as locked from ${jobs} where key = $1`, [
    `consult-ring:${id}`,
  ])
  expect(rows).toEqual([{ locked: true }])
  await fleet.restart(0)
  await expect.poll(() => stepOf(id), { timeout: 15_000, interval: 250 }).toBe(2)
}, 90_000)

test('an overdue ring goes on although its job is lost', async () => {
  const { id } = await submitted(nurse)
  await fleet.owner.query(`delete from ${jobs} where key = $1`, [`consult-ring:${id}`])
  await fleet.owner.query("update consults.ring set deadline_at = now() - interval '3 seconds' where consult_id = $1", [
    id,
  ])
  await expect.poll(() => stepOf(id), { timeout: 15_000, interval: 250 }).toBe(2)
  const { rows } = await fleet.owner.query(
    'select step, ring_result from consults.ring where consult_id = $1 order by step limit 1',
    [id],
  )
  expect(rows).toEqual([{ step: 1, ring_result: 'silent' }])
}, 60_000)
