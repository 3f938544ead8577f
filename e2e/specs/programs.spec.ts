import { expect, type Page, test } from '@playwright/test'
import { enterAs, read } from '../pages/people.ts'

interface Me {
  practitionerRoles: readonly { facilityId: string }[]
}

/** Both sizes of a step, to be looked at. */
async function shots(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [360, 740],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`), animations: 'disabled' })
  }
}

test('an administrator gives a program a token by keyboard; it works as chosen until it is revoked', async ({
  browser,
  request,
}) => {
  const { page, close } = await enterAs(browser, 'unitAdmin')
  const { practitionerRoles } = await read<Me>(page, '/api/identity/me')
  const unit = practitionerRoles[0]?.facilityId ?? ''
  await page.goto(`/work/units/${unit}`)
  await page.getByRole('link', { name: 'Phần mềm kết nối' }).click()
  await expect(page.getByText('Chưa có phần mềm nào kết nối')).toBeVisible()
  await shots(page, 'empty')
  // on a phone the row of tabs begins with others: the one that is open is brought into sight
  await page.setViewportSize({ width: 360, height: 740 })
  await page.reload()
  await expect(page.getByRole('link', { name: 'Phần mềm kết nối' })).toBeInViewport({ ratio: 0.9 })
  await page.setViewportSize({ width: 1366, height: 768 })

  await page.getByRole('button', { name: 'Tạo mã truy cập' }).focus()
  await page.keyboard.press('Enter')
  const name = page.getByLabel('Tên phần mềm')
  await name.fill('Kho dữ liệu tỉnh')
  const tree = page.getByLabel('Xem cây đơn vị và mạng lưới hỗ trợ')
  await expect(tree).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(tree).toBeChecked()
  await shots(page, 'form')
  await name.press('Enter')
  const token = await page.getByTestId('token').innerText()
  await shots(page, 'once')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Tôi đã cất mã' }).click()
  await expect(page.getByText(token)).toHaveCount(0)

  const asProgram = (path: string) => request.get(path, { headers: { authorization: `Bearer ${token}` } })
  expect((await asProgram('/api/facilities/tree')).status()).toBe(200)
  expect((await asProgram(`/api/identity/staff?facilityId=${unit}`)).status()).toBe(403)
  await page.reload()
  await expect(page.getByText('Đang dùng được')).toBeVisible()
  await expect(page.getByText('Chưa dùng lần nào')).toHaveCount(0)
  await shots(page, 'list')

  await page.getByRole('button', { name: 'Thu hồi mã của Kho dữ liệu tỉnh' }).click()
  await shots(page, 'question')
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click()
  await expect(page.getByText('Đã thu hồi', { exact: true })).toBeVisible()
  expect((await asProgram('/api/facilities/tree')).status()).toBe(401)
  await close()
})
