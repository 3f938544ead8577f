import { expect, type Page } from '@playwright/test'
import { freeTimesOf, type FreeTimesTold } from '@moinha/contracts/free-times'
import { randomUUID } from 'node:crypto'
import { read, write } from './people.ts'

/** An open visit by sound and picture between a citizen and the nurse of the story. */
export interface OpenVisit {
  visitId: string
  encounterId: string
}

interface Me {
  person: { id: string }
  practitionerRoles: { facilityId: string }[]
}

/** Books, confirms and begins through the product's own API; the pages stay where they are. */
export async function openVisit(citizen: Page, nurse: Page): Promise<OpenVisit> {
  const [patient, staff] = await Promise.all([
    read<Me>(citizen, '/api/identity/me'),
    read<Me>(nurse, '/api/identity/me'),
  ])
  const facilityId = staff.practitionerRoles[0]?.facilityId ?? ''
  const appointmentId = randomUUID()
  await send(citizen, '/api/appointments', {
    id: appointmentId,
    facilityId,
    patientId: patient.person.id,
    practitionerId: staff.person.id,
    start: await firstFreeTime(citizen, facilityId, staff.person.id),
    kind: 'remote_advice',
    reason: 'Ho và sốt nhẹ từ hôm qua',
  })
  await send(nurse, `/api/appointments/${appointmentId}/confirm`)
  const encounterId = randomUUID()
  await send(nurse, `/api/appointments/${appointmentId}/start`, { encounterId })
  // the newest of one's open visits comes first
  const { visits } = await read<{ visits: { visitId: string }[] }>(citizen, '/api/calls/visits')
  return { visitId: visits[0]?.visitId ?? '', encounterId }
}

async function firstFreeTime(page: Page, facilityId: string, practitionerId: string): Promise<string> {
  const query = `practitionerId=${practitionerId}&kind=remote_advice&days=14`
  const told = await read<FreeTimesTold>(page, `/api/facilities/${facilityId}/slots?${query}`)
  return freeTimesOf(told)[0]?.start ?? ''
}

async function send(page: Page, path: string, data?: object): Promise<void> {
  const reply = await write(page, 'POST', path, data)
  expect(reply.ok(), `${path} answered ${reply.status()} ${await reply.text()}`).toBe(true)
}

/** Into the room with picture, past the lobby. */
export async function enterVisit(page: Page, visitId: string): Promise<void> {
  await page.goto(page.url().includes('/work') ? `/work/visit/${visitId}` : `/visit/${visitId}`)
  await page.getByRole('button', { name: 'Vào có hình' }).click()
  await expect(page.locator('[data-phase="inside"]')).toBeVisible()
}
