import { expect, type Page } from '@playwright/test'
import { dateField, typeDay } from './date.ts'

export interface Emergency {
  fullName: string
  birthDate: string
  reason: string
}

/** Finds somebody by name and birth date and stops before the record is opened, with the reason written. */
async function askToOpen(page: Page, { fullName, birthDate, reason }: Emergency): Promise<void> {
  await page.goto('/work/patients/emergency?by=name')
  await page.getByLabel('Họ và tên').fill(fullName)
  await typeDay(dateField(page, 'Ngày sinh'), birthDate)
  await page.getByRole('button', { name: 'Tìm', exact: true }).click()
  await page
    .getByRole('button', { name: new RegExp(fullName) })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: `Mở hồ sơ của ${fullName}?` })
  await dialog.getByLabel('Lý do').fill(reason)
  await dialog.getByRole('checkbox', { name: /Tôi cần xem hồ sơ này/ }).check()
}

/** Opens a record of another unit; the patient and the heads of both units are told at once. */
export async function openInEmergency(page: Page, emergency: Emergency): Promise<void> {
  await askToOpen(page, emergency)
  await page.getByRole('dialog').getByRole('button', { name: 'Mở hồ sơ' }).click()
  await page.waitForURL(/\/work\/patients\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { name: emergency.fullName }).first()).toBeVisible()
}
