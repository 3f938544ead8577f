import { expect, test, type Page } from '@playwright/test'
import { startEmbeddedPostgres } from '../../apps/server/src/embedded/postgres/start-embedded-postgres.ts'
import { RoundRobinProxy } from '../../apps/server/src/platform/testing/round-robin-proxy.ts'
import { openFleet, type Fleet } from '../../apps/server/src/platform/testing/server-fleet.ts'
import { bookWithNurse } from '../pages/booking.ts'
import { openLateHours } from '../pages/late-hours.ts'
import { expectEveryoneSeesAndHears } from '../pages/media.ts'
import { enterAs, read, type Person } from '../pages/people.ts'

test.setTimeout(300_000)

let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>
let fleet: Fleet
let proxy: RoundRobinProxy
test.beforeAll(async () => {
  test.setTimeout(240_000)
  database = await startEmbeddedPostgres({ ephemeral: true })
  process.env['TEST_OWNER_URL'] = database.ownerUrl
  fleet = await openFleet({ processes: 2 })
  await openLateHours(fleet)
  proxy = await RoundRobinProxy.open(fleet.servers.map((server) => Number(new URL(server.url).port)))
})
test.afterAll(async () => {
  await fleet.close()
  await proxy.close()
  delete process.env['TEST_OWNER_URL']
  await database.stop()
})

/** How many participants of the one visit each process holds, by how many processes. */
const participants = async () =>
  (
    await fleet.owner.query<{ held: number }>(
      'select count(*)::int as held from calls.participant group by process_id order by 1',
    )
  ).rows.map(({ held }) => held)

const row = (page: Page, reason: string) => page.getByRole('listitem').filter({ hasText: reason })

test('two nurses and a citizen over two processes, one of them killed: they come back by themselves and the work goes on', async ({
  browser,
}) => {
  const people: Person[] = []
  const enter = async (key: string, size?: { width: number; height: number }): Promise<Page> => {
    const person = await enterAs(browser, key, size, { baseURL: proxy.url })
    people.push(person)
    return person.page
  }
  // lines are dealt out in turn: the citizen and the second nurse at the first process, the first nurse at the second
  const citizen = await enter('lan', { width: 360, height: 740 })
  const first = await enter('nurse')
  const second = await enter('nurse')

  const reason = 'Ho và sốt nhẹ từ hôm qua'
  const { day } = await bookWithNurse(citizen, reason)
  for (const page of [first, second]) await page.goto(`${proxy.url}/work/today?date=${day}`)
  await row(first, reason).getByRole('button', { name: 'Xác nhận' }).click()
  // said at one process, heard at both
  await expect(row(second, reason).getByRole('button', { name: 'Bắt đầu khám' })).toBeVisible()
  await row(first, reason).getByRole('button', { name: 'Bắt đầu khám' }).click()
  await first.waitForURL('**/work/encounters/**')

  await citizen.getByRole('link', { name: 'Vào buổi khám' }).first().click()
  await citizen.getByRole('button', { name: 'Vào có hình' }).click()
  await first.getByRole('button', { name: 'Vào có hình' }).click()
  await expectEveryoneSeesAndHears([citizen, first])
  const held = await participants()
  expect(held.reduce((sum, one) => sum + one, 0)).toBe(2)

  await fleet.kill(0)
  // the picture goes from browser to browser and never stopped; they join anew at the process that is left
  await expect.poll(participants, { timeout: 30_000 }).toEqual([2])
  await expectEveryoneSeesAndHears([citizen, first])

  // the citizen reloads, as people do, and is back inside by herself
  await citizen.reload()
  await expectEveryoneSeesAndHears([citizen, first])

  // the second nurse goes on with the next citizen's booking, which comes in through the process that is left
  const next = await enter('duc', { width: 360, height: 740 })
  const nextReason = 'Đau lưng khi gùi nặng'
  const booked = await bookWithNurse(next, nextReason)
  await second.goto(`${proxy.url}/work/today?date=${booked.day}`)
  await row(second, nextReason).getByRole('button', { name: 'Xác nhận' }).click()
  await expect(next.getByText('Chờ trạm xác nhận').first()).toBeHidden()

  await fleet.restart(0)
  await expect
    .poll(async () => {
      const { parts } = await read<{ parts: { name: string; detail?: string }[] }>(second, `${proxy.url}/health`)
      return parts.find(({ name }) => name === 'realtime')?.detail
    })
    .toBe('redis, 2 processes')
  await expectEveryoneSeesAndHears([citizen, first])
  for (const person of people) await person.close()
})
