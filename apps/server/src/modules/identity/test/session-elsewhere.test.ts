import { me } from '@moinha/contracts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../app.ts'
import { systemClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'

let bed: TestBed
let second: App
beforeAll(async () => {
  bed = await openTestBed()
  const { config, log } = bed.platform
  second = await createApp({ config, clock: systemClock, log, ...bed.urls })
  await second.app.ready()
})
afterAll(async () => {
  await second.close()
  await bed.close()
})

/** The same browser, at another process. */
const at = (app: App, { cookies }: TestClient) => {
  const client = new TestClient(app.app)
  for (const [name, value] of cookies) client.cookies.set(name, value)
  return client
}
const nameAt = async (app: App, client: TestClient) => (await at(app, client).call(me)).person?.fullName

test('a session ended on one process opens nothing in the very next request on another', async () => {
  const nurse = await bed.as('nurse')
  const other = await bed.as('nurse')
  const busy = await Promise.all(Array.from({ length: 30 }, (_, n) => nameAt(n % 2 ? second : bed, nurse)))
  expect(new Set(busy).size).toBe(1)
  expect(busy[0]).toBeTruthy()
  const ended = await at(second, nurse).send({ method: 'POST', url: '/api/identity/sign-out' })
  expect(ended.status).toBe(200)
  expect(await nameAt(bed, nurse)).toBeUndefined()
  expect(await nameAt(bed, other)).toBe(busy[0])
})

test('many who ask in the same moment are each themselves', async () => {
  const keys = ['lan', 'duc', 'nurse', 'officer'] as const
  const clients = await Promise.all(keys.map((key) => bed.as(key)))
  const alone: (string | undefined)[] = []
  for (const client of clients) alone.push(await nameAt(bed, client))
  expect(new Set(alone).size).toBe(keys.length)
  const asked = Array.from({ length: 40 }, (_, n) => n % keys.length)
  const together = await Promise.all(asked.map((n) => nameAt(bed, clients[n] ?? bed.anonymous())))
  expect(together).toEqual(asked.map((n) => alone[n]))
})
