import { expect, test, type Browser, type Page } from '@playwright/test'
import { startEmbeddedPostgres } from '../../apps/server/src/embedded/postgres/start-embedded-postgres.ts'
import { startRedis } from '../../apps/server/src/platform/testing/redis-for-tests.ts'
import { openFleet } from '../../apps/server/src/platform/testing/server-fleet.ts'
import { MediaNode, mediaKeys } from '../../apps/server/src/platform/testing/media-node.ts'
import { openLateHours } from '../pages/late-hours.ts'
import { expectAllSeeAndHear, voicesHeard } from '../pages/livekit-media.ts'
import { enterAs, type Person } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

const inside = (page: Page) => page.locator('[data-phase="inside"]')

/** A citizen and a nurse inside the same visit. */
async function inOneVisit(browser: Browser, baseURL?: string) {
  const where = baseURL === undefined ? {} : { baseURL }
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 }, where)
  const nurse = await enterAs(browser, 'nurse', undefined, where)
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(citizen.page, visitId)
  await enterVisit(nurse.page, visitId)
  await expectAllSeeAndHear([citizen.page, nurse.page])
  return { citizen, nurse, visitId }
}

const close = async (...people: Person[]): Promise<void> => {
  for (const person of people) await person.close()
}

test('loaded anew: back inside by itself, the microphone that was off stays off; a second device is used on purpose', async ({
  browser,
}) => {
  const { citizen, nurse, visitId } = await inOneVisit(browser)
  await nurse.page.getByRole('button', { name: 'Tắt tiếng' }).click()
  await nurse.page.reload()
  await expect(inside(nurse.page)).toBeVisible()
  await expect(nurse.page.getByRole('button', { name: 'Bật tiếng' })).toBeVisible()
  await nurse.page.getByRole('button', { name: 'Bật tiếng' }).click()
  await expectAllSeeAndHear([citizen.page, nurse.page])

  const tablet = await enterAs(browser, 'duc', { width: 1366, height: 768 })
  await tablet.page.goto(`/visit/${visitId}`)
  await tablet.page.getByRole('button', { name: 'Vào có hình' }).click()
  await expect(tablet.page.getByText('Cuộc gọi này đang mở với tên bạn trên máy khác.')).toBeVisible()
  await tablet.page.getByRole('button', { name: 'Chuyển về đây' }).click()
  await expect(inside(tablet.page)).toBeVisible()
  await expect(citizen.page.getByText('Cuộc gọi đang mở ở nơi khác')).toBeVisible()
  await expectAllSeeAndHear([tablet.page, nurse.page])
  // the nurse has one tile of the citizen, not the ghost of the first device beside it
  await expect(nurse.page.locator('figure[data-state]')).toHaveCount(1)
  await citizen.page.getByRole('button', { name: 'Chuyển về đây' }).click()
  await expect(inside(citizen.page)).toBeVisible()
  await expect(tablet.page.getByText('Cuộc gọi đang mở ở nơi khác')).toBeVisible()
  await expectAllSeeAndHear([citizen.page, nurse.page])
  await close(citizen, nurse, tablet)
})

test('two media servers, the one that carries the room is killed: voice is back at the other within ten seconds', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const database = await startEmbeddedPostgres({ ephemeral: true })
  process.env['TEST_OWNER_URL'] = database.ownerUrl
  const redis = await startRedis()
  const nodes = await Promise.all(
    ['one', 'two'].map((node) => MediaNode.start({ redis: `127.0.0.1:${redis.port}`, node })),
  )
  const fleet = await openFleet({
    env: {
      LIVEKIT_URL: nodes.map((node) => node.url).join(','),
      LIVEKIT_API_KEY: mediaKeys.apiKey,
      LIVEKIT_API_SECRET: mediaKeys.apiSecret,
    },
  })
  try {
    await openLateHours(fleet)
    const { citizen, nurse, visitId } = await inOneVisit(browser, fleet.servers[0]?.url ?? '')
    const { rows } = await fleet.owner.query<{ media_node: string }>(
      'select media_node from calls.visit where id = $1',
      [visitId],
    )
    const carrier = nodes.find((node) => node.url === rows[0]?.media_node)
    const killed = Date.now()
    await carrier?.kill()
    expect(carrier?.running).toBe(false)
    await expect(async () => {
      for (const { page } of [citizen, nurse]) expect(await voicesHeard(page, 1_100)).toBe(1)
    }).toPass({ timeout: 20_000, intervals: [100] })
    const backMs = Date.now() - killed
    console.log(`killed: voice heard again at both after ${backMs} ms at most`)
    expect(backMs).toBeLessThan(10_000)
    await close(citizen, nurse)
  } finally {
    await fleet.close()
    for (const node of nodes) await node.kill()
    await redis.stop()
    delete process.env['TEST_OWNER_URL']
    await database.stop()
  }
})
