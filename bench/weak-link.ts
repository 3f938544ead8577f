import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTalkingBrowser, TalkingPage, type Link, type Totals } from './calls/call-browser.ts'
import { openCallSite } from './calls/call-site.ts'

const site = await openCallSite()
const { browser, close } = await openTalkingBrowser()
const clients = process.argv[2]?.split(' ') ?? ['ours', 'defaults']
const [kbps = 50, lossPercent = 10, latencyMs = 200] = (process.argv[3] ?? '50,10,200').split(',').map(Number)
const link: Link = { kbps, lossPercent, latencyMs }
const show = (name: string, before: Totals, after: Totals): void => {
  const d = (key: keyof Totals) => after[key] - before[key]
  const s = d('atMs') / 1000
  console.log(
    `  ${name}: concealed ${((100 * d('concealed')) / d('samples')).toFixed(1)} % (silent ${((100 * d('silentConcealed')) / d('samples')).toFixed(1)}), audio ${((d('audioBytes') * 8) / s / 1000).toFixed(1)} kbit/s ${(d('audioPackets') / s).toFixed(1)} p/s, video ${((d('videoBytes') * 8) / s / 1000).toFixed(1)} kbit/s ${(d('frames') / s).toFixed(1)} fps, frozen ${d('freezeSeconds').toFixed(1)} s; up ${((d('bytesUp') * 8) / s / 1000).toFixed(1)} down ${((d('bytesDown') * 8) / s / 1000).toFixed(1)} kbit/s`,
  )
}
try {
  for (const client of clients) {
    const visit = randomUUID()
    const [weak, strong] = [
      await TalkingPage.open(browser, `${site.url}/?client=${client}&visit=${visit}&person=weak`),
      await TalkingPage.open(browser, `${site.url}/?client=${client}&visit=${visit}&person=strong`),
    ]
    await weak.join(site.media.url, await site.token(visit, 'weak'))
    await strong.join(site.media.url, await site.token(visit, 'strong'))
    await sleep(8000)
    await weak.setLink(link)
    console.log(client, link)
    let before = await Promise.all([weak.totals(), strong.totals()])
    for (let part = 0; part < 3; part++) {
      await sleep(10_000)
      const after = await Promise.all([weak.totals(), strong.totals()])
      show('weak hears  ', before[0], after[0])
      show('strong hears', before[1], after[1])
      console.log('   ', await weak.page.evaluate(() => window.benchPage.told()))
      before = after
    }
    await weak.close()
    await strong.close()
  }
} finally {
  await close()
  await site.stop()
}
