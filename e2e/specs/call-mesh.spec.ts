import { expect, test, type Browser, type Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import type { Arrived, CallPage } from '../call-mesh/page.ts'
import { startSignalling, type Signalling } from '../call-mesh/signalling.ts'

declare global {
  interface Window {
    callPage: CallPage
  }
}

let signalling: Signalling
test.beforeAll(async () => void (signalling = await startSignalling()))
test.afterAll(() => signalling.stop())
// four pages that go on sending pictures to each other would slow every spec after this one
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
})

async function open(browser: Browser, visit: string, person: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await page.goto(`${signalling.url}/?visit=${visit}&person=${person}`)
  return page
}

const join = (page: Page): Promise<string> => page.evaluate(() => window.callPage.join())
const arrived = (page: Page): Promise<Record<string, Arrived>> => page.evaluate(() => window.callPage.arrived())

/** Every page receives moving picture and audible sound from each of the others. */
async function expectFlow(pages: readonly Page[]): Promise<void> {
  await expect(async () => {
    const before = await Promise.all(pages.map(arrived))
    await pages[0]?.waitForTimeout(2500) // the fake microphone beeps once a second; a busy machine decodes slowly
    const after = await Promise.all(pages.map(arrived))
    after.forEach((sums, at) => {
      expect(Object.keys(sums)).toHaveLength(pages.length - 1)
      for (const [person, { frames, audioEnergy }] of Object.entries(sums)) {
        expect(frames).toBeGreaterThan(before[at]?.[person]?.frames ?? Infinity)
        expect(audioEnergy).toBeGreaterThan(before[at]?.[person]?.audioEnergy ?? Infinity)
      }
    })
  }).toPass({ timeout: 60_000 })
}

test.setTimeout(240_000)

test('three see and hear each other; a reload, a lost line and a loss of a page are mended or told', async ({
  browser,
}) => {
  const visit = randomUUID()
  const [lan, nurse, doctor] = (await Promise.all(
    ['lan', 'nurse', 'doctor'].map((person) => open(browser, visit, person)),
  )) as [Page, Page, Page]
  for (const page of [lan, nurse, doctor]) expect(await join(page)).toBe('inside')
  await expectFlow([lan, nurse, doctor])

  await nurse.reload()
  expect(await join(nurse)).toBe('inside')
  await expectFlow([lan, nurse, doctor])

  signalling.cutLines()
  await expectFlow([lan, nurse, doctor])
  await expect.poll(() => lan.evaluate(() => window.callPage.state())).toBe('connected')

  await doctor.context().close()
  await expect
    .poll(() => lan.evaluate(() => window.callPage.states()))
    .toEqual({ nurse: 'connected', doctor: 'reconnecting' })
})

test('four fit, the fifth is refused, and a place given up is free again', async ({ browser }) => {
  const visit = randomUUID()
  const pages = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((person) => open(browser, visit, person)))
  const [first, second, third, fourth, fifth] = pages as [Page, Page, Page, Page, Page]
  for (const page of [first, second, third, fourth]) expect(await join(page)).toBe('inside')
  expect(await join(fifth)).toBe('CALL_FULL')
  await fourth.evaluate(() => window.callPage.leave())
  expect(await join(fifth)).toBe('inside')
  await expectFlow([first, second, third, fifth])
})
