import { expect, test } from '@playwright/test'
import { enterAs } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

test('a helper sees figures of the asker’s page and mends it, and is nowhere in the visit', async ({ browser }) => {
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const helper = await enterAs(browser, 'systemAdmin', { width: 360, height: 740 })
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(nurse.page, visitId)
  await enterVisit(citizen.page, visitId)
  await helper.page.goto('/work/assist')
  await citizen.page.getByRole('button', { name: 'Thêm', exact: true }).click()
  await citizen.page.getByRole('button', { name: 'Nhờ kỹ thuật' }).click()
  await citizen.page.getByRole('button', { name: 'Nhờ kỹ thuật viên' }).click()
  await helper.page.getByRole('button', { name: 'Nhận giúp' }).click()
  await citizen.page.getByRole('button', { name: 'Đồng ý' }).click()
  // numbers of the real line
  await expect(helper.page.getByText(/^\d+ kbit\/s$/).first()).toBeVisible()
  await expect(helper.page.getByText(/^\d+ ms$/)).toBeVisible()
  await expect(helper.page.getByText(/Fake/).first()).toBeVisible()
  await helper.page.getByRole('button', { name: 'Chỉ dùng tiếng' }).click()
  await expect(citizen.page.getByText(/đang giúp: chỉ dùng tiếng/)).toBeVisible()
  await expect(nurse.page.locator('figure').filter({ hasText: 'Đức' }).first()).toBeVisible()
  for (const what of ['', '/messages'])
    expect((await helper.page.request.get(`/api/calls/visits/${visitId}${what}`)).status()).toBe(404)
  for (const person of [citizen, nurse, helper]) await person.close()
})
