import { expect, test, type Page } from '@playwright/test'
import { settled } from '../pages/people.ts'

const sizes = [
  { width: 360, height: 740 },
  { width: 1366, height: 768 },
]

interface Hit {
  kind: string
  facilityId: string
  facilityName: string
}

async function somePlaces(page: Page): Promise<{ station: Hit; newsId: string }> {
  const found = (await (await page.request.get('/api/scheduling/find?q=po%20y')).json()) as { items: Hit[] }
  const news = (await (await page.request.get('/api/news/public')).json()) as { items: { id: string }[] }
  const station = found.items.find(({ kind }) => kind === 'facility')
  if (!station || !news.items[0]) throw new Error('the demo has no station or no news')
  return { station, newsId: news.items[0].id }
}

/** What stands on the page, without what only life adds. */
const drawing = (page: Page): Promise<string> => page.evaluate(() => document.querySelector('main')?.innerHTML ?? '')

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  for (const viewport of sizes)
    test(`five pages are read, searched and followed, ${viewport.width} px wide`, async ({ page }) => {
      await page.setViewportSize(viewport)
      const { station, newsId } = await somePlaces(page)
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.screenshot({ path: `test-results/paper-front-${viewport.width}.png` })
      await page.getByRole('searchbox').fill('po y')
      await page.getByRole('button', { name: 'Tìm', exact: true }).click()
      await expect(page).toHaveURL(/\/find\?q=po\+y/)
      await expect(page.getByRole('searchbox')).toHaveValue('po y')
      await page.screenshot({ path: `test-results/paper-find-${viewport.width}.png` })
      await page
        .getByRole('link', { name: new RegExp(station.facilityName) })
        .first()
        .click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(station.facilityName)
      await expect(page).toHaveTitle(new RegExp(station.facilityName))
      await page.screenshot({ path: `test-results/paper-station-${viewport.width}.png` })
      await page.goto('/news')
      await page.screenshot({ path: `test-results/paper-news-${viewport.width}.png` })
      await page.locator(`main a[href="/news/${newsId}"]`).click()
      await expect(page.locator('article h1')).toBeVisible()
    })
})

test('the browser takes a page over without changing a letter of it', async ({ page }) => {
  const { station, newsId } = await somePlaces(page)
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  for (const path of ['/find?q=po%20y', `/stations/${station.facilityId}`, '/news', `/news/${newsId}`]) {
    await page.route('**/assets-c/**', (route) => route.abort())
    await page.goto(path)
    const paper = await drawing(page)
    await page.unroute('**/assets-c/**')
    complaints.length = 0
    await page.goto(path)
    await expect(page.locator('#root')).toHaveAttribute('data-live', '')
    expect(await drawing(page), path).toBe(paper)
    expect(complaints, path).toEqual([])
  }
})

test('a page names its scripts ahead of itself, and answers with those alone, in their smallest form', async ({
  page,
  request,
}) => {
  const { station, newsId } = await somePlaces(page)
  for (const path of ['/', '/find?q=po%20y', `/stations/${station.facilityId}`, '/news', `/news/${newsId}`]) {
    const fetched: string[] = []
    page.on('request', (one) => /\.(js|css|json)$/.test(one.url()) && fetched.push(new URL(one.url()).pathname))
    const reply = await page.goto(path, { waitUntil: 'commit' })
    const named = [...(reply?.headers()['link'] ?? '').matchAll(/<([^>]+)>; rel=modulepreload/g)].map(([, at]) => at)
    await expect(page.locator('#root')).toHaveAttribute('data-live', '')
    expect(named.length).toBeGreaterThan(0)
    expect(fetched.slice(0, named.length).sort(), path).toEqual(named.sort())
    // what comes later, as the demo's cast, does not bring again the style that stands in the page
    await page.waitForLoadState('networkidle')
    expect(fetched.filter((file) => /shell-.*\.css$/.test(file))).toEqual([])
    page.removeAllListeners('request')
  }
  const [script] = /\/assets-c\/shell-[^"]+\.js/.exec(await (await request.get('/')).text()) ?? []
  const sizeIn = async (encoding: string): Promise<number> => {
    const reply = await request.head(script ?? '', { headers: { 'accept-encoding': encoding } })
    expect(reply.headers()['content-encoding']).toBe(encoding.split(',')[0])
    return Number(reply.headers()['content-length'])
  }
  expect(await sizeIn('br, gzip, zstd')).toBeLessThan((await sizeIn('gzip')) * 0.9)
})

test('what is typed before the page answers is kept', async ({ page }) => {
  let letGo = (): void => undefined
  const held = new Promise<void>((done) => (letGo = done))
  await page.route('**/assets-c/shell-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByRole('searchbox').fill('po y')
  letGo()
  await expect(page.locator('#root')).toHaveAttribute('data-live', '')
  await settled(page)
  await expect(page.getByRole('searchbox')).toHaveValue('po y')
  await page.getByRole('searchbox').press('Enter')
  await expect(page).toHaveURL(/\/find\?q=po/)
})

test('a page says nothing of whoever is signed in', async ({ page }) => {
  await page.goto('/')
  await page.locator('[data-cast="lan"]').click()
  await expect(page.getByRole('link', { name: /Tài khoản/ }).first()).toBeVisible()
  const me = (await (await page.request.get('/api/identity/me')).json()) as {
    person: { id: string; fullName: string } | null
  }
  if (!me.person) throw new Error('nobody is signed in')
  for (const path of ['/', '/find', '/news']) {
    const html = await (await page.request.get(path)).text()
    expect(html).not.toContain(me.person.id)
    expect(html).not.toContain(me.person.fullName)
    expect(html).not.toContain('identity.me')
  }
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(me.person.fullName)
})

test('a page not changed since is answered without a body, and each language is a page of its own', async ({
  request,
}) => {
  const first = await request.get('/find?q=po%20y')
  const etag = first.headers()['etag'] ?? ''
  expect(first.headers()['vary']).toContain('Cookie')
  expect((await request.get('/find?q=po%20y', { headers: { 'if-none-match': etag } })).status()).toBe(304)
  const english = await request.get('/find?q=po%20y', { headers: { cookie: 'moinha.language=en' } })
  expect(await english.text()).toContain('<html lang="en">')
  expect(english.headers()['etag']).not.toBe(etag)
  // a PC sold with an English browser: nobody chose that
  const unasked = await request.get('/find?q=po%20y', { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
  expect(await unasked.text()).toContain('<html lang="vi">')
})

test('pages made at the same time share nothing: each is the page it would be alone', async ({ request }) => {
  const asked = ['/', '/find?q=po%20y', '/find?q=ngoc%20hoi', '/news'].flatMap((path) =>
    ['vi', 'en'].map((language) => ({ path, headers: { cookie: `moinha.language=${language}` } })),
  )
  const get = async ({ path, headers }: (typeof asked)[number]) => (await request.get(path, { headers })).text()
  const alone: string[] = []
  for (const one of asked) alone.push(await get(one))
  expect(new Set(alone).size).toBe(asked.length)
  const together = await Promise.all([...asked, ...asked, ...asked].map(get))
  together.forEach((html, index) =>
    expect(html === alone[index % asked.length], asked[index % asked.length]?.path).toBe(true),
  )
})

test('hostile words stay words, and an unknown place is a page that says so', async ({ page, request }) => {
  const hostile = '</script><img src=x onerror=alert(1)>'
  const html = await (await request.get(`/find?q=${encodeURIComponent(hostile)}`)).text()
  expect(html).not.toContain('<img src=x')
  // as many as on a page without such words
  const usual = await (await request.get('/find?q=lan')).text()
  expect(html.match(/<\/script>/g)?.length).toBe(usual.match(/<\/script>/g)?.length)
  const nowhere = await page.goto('/stations/00000000-0000-7000-8000-000000000000')
  expect(nowhere?.status()).toBe(404)
  await expect(page.locator('main')).toContainText('Thử lại')
  const unknown = await page.goto('/no-such-page')
  expect(unknown?.status()).toBe(404)
  await expect(page.getByText('Không có trang này')).toBeVisible()
  expect((await request.get(`/find?q=${'a'.repeat(200)}`)).status()).toBe(400)
})
