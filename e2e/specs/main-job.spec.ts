import { expect, test, type Page } from '@playwright/test'
import { bookWithNurse } from '../pages/booking.ts'
import { acceptFromRing, askUpperLevel, proposeMinutes, ringCard, signMinutes } from '../pages/consult.ts'
import { expectEveryoneSeesAndHears } from '../pages/media.ts'
import { enterAs, read, signInAs, type Person } from '../pages/people.ts'
import { confirmAndStart } from '../pages/station.ts'

test.setTimeout(480_000)

const form = 'kon-tum-annex-2024'

/** Rows 10 and 11 of this quarter's annex for a unit, as its administrator or officer reads them. */
async function consultRows(page: Page, unitName: string): Promise<{ asked: number; answered: number }> {
  const units = await read<{ items: { id: string; name: string }[] }>(
    page,
    `/api/indicators/units?q=${encodeURIComponent(unitName)}`,
  )
  const unitId = units.items.find((unit) => unit.name === unitName)?.id ?? ''
  const now = new Date()
  const quarter = `${now.getFullYear()}-Q${Math.floor(now.getMonth() / 3) + 1}`
  const { rows } = await read<{ rows: { no: string; value: number }[] }>(
    page,
    `/api/indicators/forms/${form}/units/${unitId}?quarter=${quarter}`,
  )
  const value = (no: string) => rows.find((row) => row.no === no)?.value ?? -1
  return { asked: value('10'), answered: value('11') }
}

/** The cardiologist of the provincial hospital who is rung before the one of the story. */
async function rungFirst(admin: Page): Promise<string> {
  const found = await read<{ items: { id: string; key: string }[] }>(
    admin,
    '/api/facilities/search?q=da%20khoa%20tinh%20kon%20tum',
  )
  const hospital = found.items.find((unit) => unit.key === 'kt-bvdk-tinh')?.id ?? ''
  const staff = await read<{ items: { personId: string; account: { username: string } | null }[] }>(
    admin,
    `/api/identity/staff?facilityId=${hospital}&limit=100`,
  )
  const duty = await read<{ items: { personId: string; specialty: string | null; rank: number; role: string }[] }>(
    admin,
    `/api/roster/now?facilityId=${hospital}`,
  )
  const first = duty.items.find(
    (shift) => shift.specialty === 'cardiology' && shift.role === 'on_duty' && shift.rank === 1,
  )
  return staff.items.find((member) => member.personId === first?.personId)?.account?.username ?? ''
}

test('the main job: booked, confirmed, asked upwards, rung twice, three in a call, signed, filed, counted once', async ({
  browser,
}) => {
  const people: Person[] = []
  const enter = async (key: string, phone = false) => {
    const person = await enterAs(browser, key, phone ? { width: 360, height: 740 } : undefined)
    people.push(person)
    return person.page
  }
  const officer = await enter('officer')
  const before = await consultRows(officer, 'Trạm Y tế xã Pờ Y')
  const hospitalBefore = await consultRows(officer, 'Bệnh viện Đa khoa tỉnh Kon Tum')

  const citizen = await enter('lan', true)
  const nurse = await enter('nurse')
  const silent = await signInAs(browser, await rungFirst(await enter('systemAdmin')))
  people.push(silent)
  const specialist = await enter('provincialSpecialist')

  const reason = 'Đau ngực khi làm rẫy, hai ngày nay'
  const { day } = await bookWithNurse(citizen, reason)
  await confirmAndStart(nurse, { day, reason })

  await citizen.getByRole('link', { name: 'Vào buổi khám' }).first().click()
  await citizen.getByRole('button', { name: 'Vào có hình' }).click()
  await nurse.getByRole('button', { name: 'Vào có hình' }).click()
  await expectEveryoneSeesAndHears([citizen, nurse])

  await askUpperLevel(nurse, { specialty: 'Tim mạch', question: 'Có cần chuyển viện ngay không?' })
  await expect(ringCard(silent.page)).toBeVisible()
  await expect(ringCard(specialist)).toBeHidden()
  // nobody answers the first ring: it goes on to the next by itself
  await expect(ringCard(specialist)).toBeVisible({ timeout: 60_000 })
  await expect(ringCard(silent.page)).toBeHidden()
  await acceptFromRing(specialist)

  await specialist.getByRole('button', { name: 'Vào có hình' }).click()
  await nurse.getByRole('button', { name: 'Vào có hình' }).click()
  await expectEveryoneSeesAndHears([citizen, nurse, specialist])

  await proposeMinutes(specialist, 'Chưa cần chuyển viện. Theo dõi tại trạm, đo điện tim lại sau 6 giờ.')
  await signMinutes(specialist)
  await signMinutes(nurse, 'Thực hiện theo ý kiến')
  await expect(nurse.getByText('Biên bản đã khóa và lưu vào hồ sơ')).toBeVisible()

  // the minutes stand in the record of the unit that asked
  await nurse.getByRole('link', { name: 'Mở hồ sơ người bệnh' }).click()
  await expect(nurse.getByRole('link', { name: /Biên bản hội chẩn/ }).first()).toBeVisible()

  const after = await consultRows(officer, 'Trạm Y tế xã Pờ Y')
  const hospitalAfter = await consultRows(officer, 'Bệnh viện Đa khoa tỉnh Kon Tum')
  expect(after.asked).toBe(before.asked + 1)
  expect(hospitalAfter.answered).toBe(hospitalBefore.answered + 1)
  for (const person of people) await person.close()
})
