import * as contract from '@moinha/contracts/consults'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { systemClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { demoPersonId } from '../../identity/index.ts'
import { prepareSigning, startFakeSigning, type FakeSigning } from '../../signatures/index.ts'
import { rowsOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let service: FakeSigning
let nurse: TestClient
let internist: TestClient

beforeAll(async () => {
  service = await startFakeSigning(systemClock)
  bed = await openTestBed()
  // the service of an installation is part of its settings
  Object.assign(bed.platform.config, { SIGNING_URL: service.url })
  nurse = await bed.as('nurse')
  internist = await bed.as('districtSpecialist')
}, 120_000)
afterAll(async () => {
  await bed.close()
  await service.close()
})
afterEach(() => {
  service.behave('signs')
  service.onOrder(async () => {})
})

async function laidOut() {
  const story = await submitted(nurse)
  const consult = await internist.call(contract.accept, { params: { id: story.id } })
  const params = { id: story.id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(consult) })
  const proposed = await internist.call(contract.proposeMinutes, { params })
  return { ...story, consult, params, contentHash: proposed.minutes?.contentHash ?? '' }
}
type Laid = Awaited<ReturnType<typeof laidOut>>

const signChair = ({ params, contentHash }: Laid) =>
  internist.try(contract.signMinutes, { params, body: { contentHash } })
const signRequester = ({ params, contentHash }: Laid) =>
  nurse.try(contract.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
const rolesOf = (body: contract.Consult) => body.minutes?.signatures.map((line) => line.role).sort()
const requestsOf = ({ params }: Laid) =>
  rowsOf<{ id: string; state: string; reason: string | null }>(
    bed,
    'select id, state, reason from signatures.request where subject_id = $1 order by prepared_at, role',
    [params.minutesId],
  )

/** What the worker does every few seconds, as if the requests had been left for a while. */
async function sweep(): Promise<void> {
  await bed.owner.query(
    `update signatures.request set asked_at = now() - interval '1 minute',
      prepared_at = prepared_at - interval '1 minute' where state = 'prepared'`,
  )
  await bed.platform.jobs.sweeps.find(({ name }) => name === 'signatures.left')?.run()
}

const endedIn = async ({ id }: Laid) =>
  (await rowsOf(bed, "select 1 from consults.event where consult_id = $1 and name = 'signing_ended'", [id])).length

it('signs outside any transaction, and the last signature locks the text', async () => {
  const laid = await laidOut()
  let open = -1
  service.onOrder(async () => {
    const rows = await rowsOf<{ n: number }>(
      bed,
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = 'moinha_app'
        and state like 'idle in transaction%'`,
      [],
    )
    open = rows[0]?.n ?? -1
  })
  expect((await signChair(laid)).status).toBe(200)
  expect(open).toBe(0)
  const { status, body } = await signRequester(laid)
  expect([status, body.status, rolesOf(body)]).toEqual([200, 'signed', ['chair', 'requester', 'secretary']])
  expect(body.minutes?.signatures.map((line) => line.method)).toEqual(['csc', 'csc', 'csc'])
  expect((await requestsOf(laid)).map((line) => line.state)).toEqual(['completed', 'completed', 'completed'])
  // sent again: nothing new is asked for
  const asked = [...service.asked.values()].length
  expect((await signRequester(laid)).status).toBe(200)
  expect([...service.asked.values()].length).toBe(asked)
})

it('waits for a signer who confirms on a telephone, and completes without them', async () => {
  const laid = await laidOut()
  service.behave('waits')
  const first = await signChair(laid)
  expect([first.status, rolesOf(first.body)]).toEqual([202, []])
  expect((await signChair(laid)).status).toBe(202)
  expect(await requestsOf(laid)).toHaveLength(1)
  service.behave('signs')
  await sweep()
  expect(rolesOf(await internist.call(contract.get, { params: { id: laid.id } }))).toEqual(['chair'])
})

it.each(['fails', 'lost'] as const)('a service whose answer %s is asked again, and signs once', async (how) => {
  const laid = await laidOut()
  service.behave(how)
  expect((await signChair(laid)).status).toBe(202)
  service.behave('signs')
  await Promise.all([sweep(), sweep()])
  expect(rolesOf(await internist.call(contract.get, { params: { id: laid.id } }))).toEqual(['chair'])
  expect((await requestsOf(laid)).map((line) => line.state)).toEqual(['completed'])
})

it('a text that changed meanwhile is not signed by what was asked for', async () => {
  const laid = await laidOut()
  service.behave('waits')
  expect((await signChair(laid)).status).toBe(202)
  const params = { id: laid.id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(laid.consult, { plan: 'Chuyển tuyến' }) })
  await internist.call(contract.proposeMinutes, { params })
  service.behave('signs')
  await sweep()
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'MINUTES_CHANGED' }])
  const { minutes } = await internist.call(contract.get, { params: { id: laid.id } })
  expect(minutes).toMatchObject({ state: 'proposed', signatures: [], signAs: ['chair'] })
})

it('a signer who declines is told so, and may sign after all', async () => {
  const laid = await laidOut()
  service.behave('declines')
  expect((await signChair(laid)).problem?.code).toBe('SIGNING_DECLINED')
  expect(await endedIn(laid)).toBe(1)
  service.behave('signs')
  expect((await signChair(laid)).status).toBe(200)
  expect((await requestsOf(laid)).map((line) => line.state).sort()).toEqual(['completed', 'declined'])
})

it('what nobody confirmed in time is over, which the case says', async () => {
  const laid = await laidOut()
  service.behave('waits')
  expect((await signChair(laid)).status).toBe(202)
  await bed.owner.query(
    "update signatures.request set prepared_at = prepared_at - interval '25 hours' where subject_id = $1",
    [laid.params.minutesId],
  )
  await sweep()
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'EXPIRED' }])
  expect(await endedIn(laid)).toBe(1)
})

it('asking once more waits for nobody who holds the request', async () => {
  const wish = {
    subjectKind: 'letter',
    subjectId: randomUUID(),
    patientId: demoPersonId('cast/lan'),
    signerId: demoPersonId('cast/lan'),
    role: 'chair',
    documentDigest: 'a'.repeat(64),
    statement: {},
    title: 'Thư',
  }
  const prepare = () => bed.platform.transact(systemActor, (work) => prepareSigning(work, wish), 'test')
  const id = await prepare()
  const holder = await bed.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from signatures.request where id = $1 for update', [id])
  const again = await Promise.race([prepare(), sleep(2_000, 'waited')])
  await holder.query('rollback')
  holder.release()
  expect(again).toBe(id)
})
