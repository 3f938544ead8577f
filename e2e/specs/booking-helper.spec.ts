import { expect, test } from '@playwright/test'
import { dateField, typeDay } from '../pages/date.ts'
import { fillHelper, noteConsent } from '../pages/booking-for-others.ts'
import { enterAs, read, settled } from '../pages/people.ts'

const PHONE = { width: 360, height: 740 }

/** The demo's own people, see demo-cast.ts of identity: what is on their papers. */
const LAN = { name: 'Y Lan', number: '0590000001', birthDate: '8/3/1996' }
const DUC = { name: 'Trần Minh Đức', phone: '0590000002' }

test('the station names a helper, a patient agrees, the helper books for them and sees no record', async ({
  browser,
}) => {
  const lan = await enterAs(browser, 'lan', PHONE)
  const duc = await enterAs(browser, 'duc', PHONE)
  const { page: nurse } = await enterAs(browser, 'nurse')

  await fillHelper(nurse, DUC)
  const naming = nurse.getByRole('dialog', { name: 'Cử người đặt giúp' })
  await nurse.screenshot({ path: 'test-results/helper-name-1366.png' })
  await naming.getByRole('button', { name: 'Lưu' }).click()
  await expect(naming).toBeHidden()
  await noteConsent(nurse, LAN.name)
  await settled(nurse)
  await nurse.screenshot({ path: 'test-results/helpers-1366.png', fullPage: true })

  await duc.page.goto('/appointments')
  await duc.page.getByRole('link', { name: 'Mở', exact: true }).last().click()
  await duc.page.waitForURL('**/help')
  await duc.page
    .getByRole('group', { name: /^Chọn giờ/ })
    .getByRole('button')
    .last()
    .click()
  await duc.page.getByLabel(/Số điện thoại, số căn cước/).fill(LAN.number)
  await typeDay(dateField(duc.page, 'Ngày sinh của người bệnh'), LAN.birthDate)
  await duc.page.getByRole('checkbox', { name: /đang ở cạnh tôi/ }).check()
  await duc.page.screenshot({ path: 'test-results/help-360.png', fullPage: true })
  await duc.page.getByRole('button', { name: 'Đặt lịch cho người này' }).click()
  await expect(duc.page.getByText(/Đã đặt cho Y Lan/)).toBeVisible()
  await expect(duc.page.getByRole('list', { name: 'Lịch bạn đã đặt giúp' }).getByText(/Y Lan/)).toBeVisible()
  await duc.page.screenshot({ path: 'test-results/help-done-360.png', fullPage: true })

  await lan.page.goto('/appointments')
  const { items } = await read<{ items: { id: string; helperName: string | null }[] }>(
    lan.page,
    '/api/appointments/mine',
  )
  const helped = items.find((one) => one.helperName !== null)
  await lan.page.goto(`/appointments/${helped?.id ?? ''}`)
  await expect(lan.page.getByText(DUC.name).first()).toBeVisible()
  await lan.page.screenshot({ path: 'test-results/helped-lan-360.png', fullPage: true })
  for (const person of [lan, duc]) await person.close()
})
