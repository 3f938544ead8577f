import { giveUpJobs, listJobs, readCounts, retryJobs } from '@moinha/contracts/operations'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { demoPersonId } from '../../identity/index.ts'

// Jobs that throw, lie about or are held by the dead: who sees them, who mends them, and that nobody is named.

const breaks = defineJob<{ phone: string }>('test.breaks', { vi: 'Việc thử', en: 'A trial' })
const phone = '+84986000111'

let bed: TestBed
let admin: TestClient
let fails = true
let ran = 0

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('systemAdmin')
  bed.platform.jobs.onOutside(breaks, async () => {
    ran += 1
    if (fails) throw new Error(`Key (phone)=(${phone}) already exists`)
  })
}, 120_000)
afterAll(() => bed.close())
beforeEach(async () => {
  await bed.owner.query('delete from graphile_worker._private_jobs')
  fails = true
  ran = 0
})

const enqueue = (maxAttempts: number) =>
  bed.platform.transact(systemActor, (work) => work.enqueue(breaks, { phone }, { maxAttempts }))
async function brokenJob(maxAttempts = 1): Promise<void> {
  await enqueue(maxAttempts)
  await bed.runJobs()
  // the queue may still be writing the failure down when the run ends
  await expect.poll(async () => (await listed()).length, { timeout: 10_000 }).toBeGreaterThan(0)
}
const listed = async () => (await admin.call(listJobs, { query: {} })).items
async function only() {
  const [one, ...others] = await listed()
  if (!one || others.length > 0) throw new Error('not one job')
  return one
}
const seen = ({ id, attempts }: { id: string; attempts: number }) => ({ items: [{ id, attempts }] })

test('a job that gave up is named in words, its failure is a code, and what it carries stays inside', async () => {
  await brokenJob()
  expect(await only()).toMatchObject({
    task: 'test.breaks',
    names: { vi: 'Việc thử', en: 'A trial' },
    state: 'failed',
    attempts: 1,
    errorCode: 'UNKNOWN',
    nextAt: null,
  })
  expect(JSON.stringify(await listed())).not.toContain('986000111')
  const { rows } = await bed.owner.query('select last_error from graphile_worker._private_jobs')
  expect(rows).toEqual([{ last_error: 'UNKNOWN' }])
})

test('what an older release wrote down in words is shown as no more than that', async () => {
  await brokenJob()
  await bed.owner.query("update graphile_worker._private_jobs set last_error = 'Key (phone)=(+84986000111) exists'")
  expect((await only()).errorCode).toBe('UNKNOWN')
})

test('tried again it gets all its tries; of two who do so at once one is told', async () => {
  await brokenJob()
  const one = await only()
  const other = await bed.as('systemAdmin')
  const answers = await Promise.all([
    admin.try(retryJobs, { body: seen(one) }),
    other.try(retryJobs, { body: seen(one) }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(answers.find(({ problem }) => problem)?.problem?.code).toBe('CHANGED_MEANWHILE')
  fails = false
  await bed.runJobs()
  expect([ran, await listed()]).toEqual([2, []])
  const { rows } = await bed.owner.query(
    "select actor_id, detail from audit.entry where action = 'operations.retryJobs' and detail->>'job' = $1",
    [one.id],
  )
  expect(rows).toEqual([{ actor_id: demoPersonId('cast/systemAdmin'), detail: { job: one.id, task: 'test.breaks' } }])
})

test('one that waits after a failure says when it is tried again, and all can be tried at once', async () => {
  await enqueue(5)
  await brokenJob(5)
  await expect.poll(async () => (await listed()).length, { timeout: 10_000 }).toBe(2)
  expect((await listed())[0]).toMatchObject({ state: 'waiting', attempts: 1, nextAt: expect.any(String) })
  fails = false
  expect(await admin.call(retryJobs, { body: { items: null } })).toEqual({ done: 2, changed: 0, more: false })
  await bed.runJobs()
  expect(await listed()).toEqual([])
})

test('given up it leaves the queue with a word; given up twice, the second is told', async () => {
  await brokenJob()
  const one = await only()
  const body = { ...seen(one), word: 'Không cần nữa' }
  expect(await admin.call(giveUpJobs, { body })).toEqual({ done: 1, changed: 0, more: false })
  expect((await admin.try(giveUpJobs, { body })).problem?.code).toBe('CHANGED_MEANWHILE')
  expect(await listed()).toEqual([])
  const { rows } = await bed.owner.query('select task, error_code, word, by_id from operations.given_up_job')
  const by = demoPersonId('cast/systemAdmin')
  expect(rows).toEqual([{ task: 'test.breaks', error_code: 'UNKNOWN', word: 'Không cần nữa', by_id: by }])
})

test('a job held by a dead worker is abandoned and can be mended; one a living worker holds is left alone', async () => {
  await brokenJob(5)
  const hold = (by: string) =>
    bed.owner.query(
      "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = $1",
      [by],
    )
  await hold('pool-of-the-living')
  await bed.owner.query(
    `insert into platform.process (id, role, host, pid, secret_hash, worker_pools, seen_at)
     values ($1, 'worker', 'here', 1, 'x', '{pool-of-the-living}', clock_timestamp() + interval '1 minute')`,
    [randomUUID()],
  )
  const { rows } = await bed.owner.query<{ id: string }>('select id::text from graphile_worker._private_jobs')
  const items = [{ id: rows[0]?.id ?? '', attempts: 1 }]
  expect(await listed()).toEqual([])
  expect((await admin.try(giveUpJobs, { body: { items, word: 'x' } })).problem?.code).toBe('CHANGED_MEANWHILE')
  expect((await admin.try(retryJobs, { body: { items } })).problem?.code).toBe('CHANGED_MEANWHILE')
  await hold('pool-of-the-dead')
  expect(await only()).toMatchObject({ state: 'abandoned', heldSince: expect.any(String) })
  expect(await admin.call(retryJobs, { body: { items } })).toEqual({ done: 1, changed: 0, more: false })
  fails = false
  await bed.runJobs()
  expect(await listed()).toEqual([])
})

test('a job nobody takes up is overdue; one that is merely due is nobody’s business', async () => {
  await enqueue(5)
  expect(await listed()).toEqual([])
  const { rows } = await bed.owner.query<{ id: string }>('select id::text from graphile_worker._private_jobs')
  const items = [{ id: rows[0]?.id ?? '', attempts: 0 }]
  expect((await admin.try(giveUpJobs, { body: { items, word: 'x' } })).problem?.code).toBe('CHANGED_MEANWHILE')
  await bed.owner.query("update graphile_worker._private_jobs set run_at = now() - interval '6 minutes'")
  expect(await only()).toMatchObject({ state: 'overdue', attempts: 0, errorCode: null })
})

test('pages follow each other without a gap, and a cursor of nonsense is refused', async () => {
  for (let one = 0; one < 3; one++) await enqueue(1)
  await brokenJob()
  await expect.poll(async () => (await listed()).length, { timeout: 10_000 }).toBe(4)
  const first = await admin.call(listJobs, { query: { limit: 3 } })
  const second = await admin.call(listJobs, { query: { limit: 3, after: first.next ?? '' } })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual((await listed()).map(({ id }) => id))
  expect(second.next).toBeNull()
  for (const after of ['x', '-1', '99999999999999999999'])
    expect((await admin.try(listJobs, { query: { after } })).problem?.code).toBe('INVALID_INPUT')
})

test('how many there are is said on the screen, on /health and as figures', async () => {
  await brokenJob()
  expect((await admin.call(readCounts)).jobs).toEqual({ failed: 1, waiting: 0, stuck: 0 })
  const health = await bed.app.inject({ url: '/health', headers: { host: '127.0.0.1' } })
  const part = health
    .json<{ parts: { name: string; detail: string }[] }>()
    .parts.find(({ name }) => name === 'operations')
  expect(part?.detail).toContain('jobs: 1 failed')
  const { payload } = await bed.app.inject({ url: '/metrics', headers: { host: '127.0.0.1' } })
  expect(payload).toMatch(/^moinha_jobs_failed 1$/m)
  expect(payload).toMatch(/^moinha_texts_failed \d+$/m)
})

test('the database refuses whoever does not look after the installation, and the platform’s functions to everybody', async () => {
  const client = new pg.Client({ connectionString: bed.urls.appUrl })
  await client.connect()
  try {
    await client.query("select set_config('app.actor_kind', 'staff', false), set_config('app.person_id', $1, false)", [
      demoPersonId('cast/unitAdmin'),
    ])
    for (const statement of [
      'select * from operations.troubled_jobs(null, 10)',
      'select operations.retry_jobs(null, 10)',
      `select operations.give_up_jobs('[{"id": 1, "attempts": 1}]', 'x')`,
    ])
      await expect(client.query(statement), statement).rejects.toThrow('NOT_ALLOWED')
    for (const statement of [
      'select * from platform.troubled_jobs(null, 10)',
      'select platform.retry_jobs(null, 10)',
      'select * from platform.job_troubles()',
      'select * from operations.given_up_job',
    ])
      await expect(client.query(statement), statement).rejects.toThrow('permission denied')
  } finally {
    await client.end()
  }
})
