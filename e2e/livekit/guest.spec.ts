import { expect, test, type Browser, type Page } from '@playwright/test'
import { expectAllSeeAndHear } from '../pages/livekit-media.ts'
import { watchPeers } from '../pages/media.ts'
import { enterAs, type Person } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

/** A phone of somebody without an account. */
async function phone(browser: Browser): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    permissions: ['camera', 'microphone'],
  })
  const page = await context.newPage()
  await watchPeers(page)
  return { page, close: () => context.close() }
}

/** The host invites an interpreter; answers the link that would be sent. */
async function inviteInterpreter(host: Page, visitId: string, name: string): Promise<string> {
  await host.getByRole('button', { name: 'Thêm', exact: true }).click()
  await host.getByRole('button', { name: 'Mời thêm người' }).click()
  await host.getByLabel('Tên người được mời').fill(name)
  await host.getByRole('button', { name: 'Tạo đường mời' }).click()
  await expect(host.getByText('Còn 10 phút để vào')).toBeVisible()
  const reply = await host.request.get(`/api/calls/visits/${visitId}/guests`)
  const { guests } = (await reply.json()) as { guests: { secret: string }[] }
  return `/guest#${guests[0]?.secret ?? ''}`
}

test('an interpreter comes by a link, is named as guest, returns after a reload, and is shown out', async ({
  browser,
}) => {
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(nurse.page, visitId)
  const link = await inviteInterpreter(nurse.page, visitId, 'Y Mai')
  const guest = await phone(browser)
  await guest.page.goto(link)
  await expect.poll(() => new URL(guest.page.url()).hash).toBe('')
  await guest.page.getByRole('button', { name: 'Vào cuộc gọi' }).click()
  await guest.page.getByRole('button', { name: 'Vào có hình' }).click()
  await expectAllSeeAndHear([nurse.page, guest.page])
  const tile = nurse.page.locator('figure').filter({ hasText: 'Y Mai' })
  await expect(tile).toContainText('Khách · Người phiên dịch')
  // back inside by itself, as it was
  await guest.page.reload()
  await expectAllSeeAndHear([nurse.page, guest.page])
  const other = await phone(browser)
  await other.page.goto(link)
  await expect(other.page.getByText('đã dùng ở máy khác')).toBeVisible()
  await nurse.page.getByRole('button', { name: 'Mời Y Mai ra' }).click()
  await nurse.page.getByRole('dialog').getByRole('button', { name: 'Mời ra' }).click()
  await expect(guest.page.getByText('Bạn đã ra khỏi cuộc gọi')).toBeVisible()
  await expect(tile).toHaveCount(0)
  await guest.page.reload()
  await expect(guest.page.getByText('Trang này dành cho khách được mời')).toBeVisible()
  for (const person of [citizen, nurse, guest, other]) await person.close()
})
