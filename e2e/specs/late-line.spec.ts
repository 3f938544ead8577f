import { expect, test } from '@playwright/test'
import { bookWithNurse } from '../pages/booking.ts'
import { enterAs } from '../pages/people.ts'

const reason = 'Ho ra đờm đã bốn hôm'

test('a page whose line opens after something was said shows it all the same', async ({ browser }) => {
  const duc = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const { day } = await bookWithNurse(duc.page, reason)
  const first = await enterAs(browser, 'nurse')
  const second = await enterAs(browser, 'nurse')
  // the part that opens the line arrives late, as on a slow machine; what the page reads does arrive
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const held = second.page.waitForRequest(/\/esm-.*\.js/)
  await second.page.route(/\/esm-.*\.js/, async (request) => opened.then(() => request.continue()))
  for (const { page } of [first, second]) await page.goto(`/work/today?date=${day}`)
  const inSecond = second.page.getByRole('listitem').filter({ hasText: reason })
  await expect(inSecond.getByRole('button', { name: 'Xác nhận' })).toBeVisible()
  await held

  const inFirst = first.page.getByRole('listitem').filter({ hasText: reason })
  await inFirst.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(inFirst.getByRole('button', { name: 'Bắt đầu khám' })).toBeVisible()
  open()
  await expect(inSecond.getByRole('button', { name: 'Bắt đầu khám' })).toBeVisible()
  for (const person of [duc, first, second]) await person.close()
})
