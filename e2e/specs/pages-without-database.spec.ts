import { expect, test } from '@playwright/test'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts'
import { openFleet, type Fleet } from '../../apps/server/src/platform/testing/server-fleet.ts'

let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>
let fleet: Fleet
test.beforeAll(async () => {
  test.setTimeout(240_000)
  database = await startEmbeddedPostgres({ ephemeral: true })
  process.env['TEST_OWNER_URL'] = database.ownerUrl
  fleet = await openFleet()
})
test.afterAll(async () => {
  await fleet.close()
  delete process.env['TEST_OWNER_URL']
  await database.stop()
})

test('while the database is away a page says so with 503, keeps nothing, and comes back by itself', async ({
  page,
}) => {
  const url = fleet.servers[0]?.url ?? ''
  expect((await page.request.get(`${url}/find?q=po%20y`)).status()).toBe(200)
  fleet.database.takeAway()
  const answer = await page.goto(`${url}/find?q=po%20y`)
  expect(answer?.status()).toBe(503)
  expect(answer?.headers()).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' })
  // the page still knows its own words, what was asked, and a way on
  await expect(page.getByRole('searchbox')).toHaveValue('po y')
  await expect(page.locator('main').getByRole('button', { name: 'Thử lại' })).toBeVisible()
  fleet.database.restore()
  await expect(async () => {
    await page.locator('main').getByRole('button', { name: 'Thử lại' }).click()
    await expect(page.locator('main a[href^="/stations/"]').first()).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  expect((await page.goto(`${url}/find?q=po%20y`))?.status()).toBe(200)
})
