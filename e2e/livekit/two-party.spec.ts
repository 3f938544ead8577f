import { expect, test } from '@playwright/test'
import { expectAllSeeAndHear, voicesHeard } from '../pages/livekit-media.ts'
import { enterAs } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

test('a citizen and a nurse see and hear each other through the media server', async ({ browser }) => {
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(citizen.page, visitId)
  await enterVisit(nurse.page, visitId)
  await expectAllSeeAndHear([citizen.page, nurse.page])
  expect(await voicesHeard(citizen.page)).toBe(1)
  await citizen.close()
  await nurse.close()
})
