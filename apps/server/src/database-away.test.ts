import * as identity from '@moinha/contracts/identity'
import { health } from '@moinha/contracts/platform'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFleet, type Fleet } from './platform/testing/server-fleet.ts'
import type { TestClient } from './platform/testing/test-client.ts'

let fleet: Fleet
let lan: TestClient
beforeAll(async () => {
  fleet = await openFleet()
  lan = await fleet.as('lan')
}, 120_000)
afterAll(() => fleet.close(), 60_000)

const awayMs = 30_000
/**
 * What hangs here hangs for good: nothing ends it but the test's own limit. So these bounds are wide, for a machine
 * busy with other work; the figures of an idle one (docs/decisions/2026-11-25-several-processes.md) are only printed.
 */
const notHangingMs = 30_000
const back = { timeout: notHangingMs, interval: 100 }
const alive = async () => (await lan.try(health)).status
const lines = async () =>
  (
    await fleet.owner.query(
      "select from pg_stat_activity where application_name = 'moinha-live' and datname = current_database()",
    )
  ).rowCount
const publish = (personId: string, name: string) =>
  fleet.owner.query("select pg_notify('moinha_live', $1)", [
    JSON.stringify({ topic: `person:${personId}`, name, payload: {} }),
  ])
const personOf = async () =>
  (
    await fleet.owner.query<{ id: string }>('select id from identity.person where full_name = $1', [
      (await lan.call(identity.me)).person?.fullName,
    ])
  ).rows[0]?.id ?? ''

test('a connection lost in the middle of a transaction fails that request clearly and nothing else', async () => {
  const moment = await fleet.hold('lock table identity.person in exclusive mode')
  const change = lan.try(identity.updateMe, { body: { language: 'en' } })
  await moment.reached()
  fleet.database.cut()
  const answer = await change
  await moment.release()
  expect([answer.status, answer.problem?.code]).toEqual([503, 'UNAVAILABLE'])
  expect(answer.headers['retry-after']).toBe('5')
  await expect.poll(alive, back).toBe(200)
  expect((await lan.call(identity.me)).language).toBe('vi')
}, 90_000)

test('a line lost again and again is one line, each message is heard once, and open pages are told of the gap', async () => {
  const personId = await personOf()
  const page = await fleet.page(lan, 0)
  for (let i = 0; i < 6; i++) {
    const missed = page.next('live:missed')
    fleet.database.cut()
    await missed
  }
  await expect.poll(lines, back).toBe(1)
  await publish(personId, 'test.once')
  await publish(personId, 'test.end')
  await expect.poll(() => page.heard.map(({ name }) => name), back).toContain('test.end')
  expect(page.heard.filter(({ name }) => name === 'test.once')).toHaveLength(1)
  expect(page.socket.connected).toBe(true)
  page.close()
}, 120_000)

test('half a minute without a database: clear refusals, and everything comes back by itself', async () => {
  const personId = await personOf()
  const page = await fleet.page(lan, 0)
  fleet.database.takeAway()
  const until = performance.now() + awayMs
  const waits: number[] = []
  while (performance.now() < until) {
    const asked = performance.now()
    const answer = await lan.try(identity.me)
    waits.push(performance.now() - asked)
    expect([answer.status, answer.problem?.code]).toEqual([503, 'UNAVAILABLE'])
    await sleep(1_000)
  }
  expect(Math.max(...waits)).toBeLessThan(notHangingMs)
  fleet.database.restore()
  const started = performance.now()
  await expect.poll(alive, back).toBe(200)
  const answered = performance.now() - started
  // the queue: a job added now is done
  await fleet.owner.query("select graphile_worker.add_job('audit.seal', '{}')")
  const waiting = async () =>
    (await fleet.owner.query("select from graphile_worker.jobs where task_identifier = 'audit.seal'")).rowCount
  await expect.poll(waiting, back).toBe(0)
  const worked = performance.now() - started
  await expect
    .poll(async () => {
      await publish(personId, 'test.back')
      return page.heard.map(({ name }) => name)
    }, back)
    .toContain('test.back')
  const heard = performance.now() - started
  console.log(
    `database away: refused within ${Math.max(...waits).toFixed(0)} ms; back: answers after ${answered.toFixed(0)} ms, ` +
      `works after ${worked.toFixed(0)} ms, is heard after ${heard.toFixed(0)} ms`,
  )
  page.close()
}, 240_000)

test('a database that falls silent holds nobody for long', async () => {
  const page = await fleet.page(lan, 0)
  fleet.database.silence()
  const asked = performance.now()
  const answers = await Promise.all(Array.from({ length: 12 }, () => lan.try(identity.me)))
  expect(new Set(answers.map((answer) => answer.problem?.code))).toEqual(new Set(['UNAVAILABLE']))
  expect(performance.now() - asked).toBeLessThan(notHangingMs)
  fleet.database.restore()
  await expect.poll(alive, back).toBe(200)
  await expect.poll(lines, back).toBe(1)
  expect(page.socket.connected).toBe(true)
  page.close()
}, 120_000)
