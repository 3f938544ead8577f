import { expect, test, type Page } from '@playwright/test'
import { enterAs, write } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

const ask = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Thêm', exact: false }).first().click()
  await page.getByRole('button', { name: 'Xin ghi hình buổi khám' }).click()
}

interface Span {
  spanId: string
  seconds: number
  bytes: number
}
async function spansOf(page: Page, visitId: string): Promise<Span[]> {
  const reply = await page.request.get(`/api/calls/visits/${visitId}/recordings`)
  return ((await reply.json()) as { items: Span[] }).items
}

/** How far a recorded stretch plays in the page of whoever may see it. */
const played = (page: Page, address: string): Promise<number> =>
  page.evaluate(async (src) => {
    const video = document.createElement('video')
    video.muted = true
    video.src = src
    await video.play()
    await new Promise((done) => setTimeout(done, 3_000))
    return video.currentTime
  }, address)

test('a visit is recorded when both agree, over a cut line too, and not when one says no', async ({ browser }) => {
  test.setTimeout(120_000)
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(citizen.page, visitId)
  await enterVisit(nurse.page, visitId)
  await ask(nurse.page)
  await expect(nurse.page.getByText('Chưa ghi. Đang chờ trả lời')).toBeVisible()
  await citizen.page.getByRole('button', { name: 'Đồng ý cho ghi' }).click()
  for (const { page } of [citizen, nurse]) await expect(page.getByText('ĐANG GHI')).toBeVisible()
  // the line of the recording page is cut while it sends, and comes back
  await expect
    .poll(() => spansOf(nurse.page, visitId).then(([span]) => span?.seconds ?? 0), { timeout: 30_000 })
    .toBeGreaterThan(0)
  await nurse.page.route('**/api/uploads**', (route) => route.abort())
  await nurse.page.waitForTimeout(6_000)
  await nurse.page.unroute('**/api/uploads**')
  await nurse.page.getByRole('button', { name: 'Dừng ghi' }).click()
  await expect(citizen.page.getByText('ĐANG GHI')).toBeHidden()
  await expect
    .poll(() => spansOf(nurse.page, visitId).then(([span]) => span?.seconds ?? 0), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(10)
  const [span] = await spansOf(nurse.page, visitId)
  expect(await played(nurse.page, `/api/calls/visits/${visitId}/recordings/${span?.spanId}`)).toBeGreaterThanOrEqual(2)
  await ask(nurse.page)
  await citizen.page.getByRole('button', { name: 'Không đồng ý' }).click()
  await expect(nurse.page.getByText('Đã dừng ghi vì có người không đồng ý.')).toBeVisible()
  const recording = await nurse.page.request.get(`/api/calls/visits/${visitId}/recording`)
  const { recordingId } = ((await recording.json()) as { recording: { recordingId: string } }).recording
  const spans = `/api/calls/visits/${visitId}/recording/${recordingId}/spans`
  const forced = await write(nurse.page, 'POST', spans, { spanId: crypto.randomUUID() })
  expect([forced.status(), ((await forced.json()) as { code: string }).code]).toEqual([409, 'RECORDING_OVER'])
  await citizen.close()
  await nurse.close()
})
