import { expect, type Page } from '@playwright/test'
import { settled } from './people.ts'

export interface Helper {
  name: string
  phone: string
}

/** Writes who is to help into the station's form, and leaves it open. */
export async function fillHelper(page: Page, { name, phone }: Helper): Promise<void> {
  await page.goto('/work/helpers')
  await page.getByRole('button', { name: 'Cử người đặt giúp' }).click()
  const naming = page.getByRole('dialog', { name: 'Cử người đặt giúp' })
  await naming.getByLabel('Họ và tên').fill(name)
  await naming.getByLabel('Số điện thoại đăng nhập').fill(phone)
}

/** The station names a helper, unless an earlier story did. */
export async function nameHelper(page: Page, helper: Helper): Promise<void> {
  await page.goto('/work/helpers')
  await settled(page)
  if ((await page.getByRole('button', { name: 'Thôi cử' }).count()) > 0) return
  await fillHelper(page, helper)
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** A patient told the station that helpers may book for them. */
export async function noteConsent(page: Page, patientName: string): Promise<void> {
  await page.getByRole('searchbox').fill(patientName)
  await page
    .getByRole('button', { name: new RegExp(patientName) })
    .first()
    .click()
  await page.getByRole('checkbox', { name: new RegExp(`${patientName} đồng ý`) }).check()
}
