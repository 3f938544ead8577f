import puppeteer, { type Browser } from 'puppeteer-core'

const START_LIMIT_MS = 40_000

/** Camera and microphone that need no device and no yes; host addresses as they are, loopback too, for a machine without a network. */
const FIREFOX_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.auto': false,
}

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
]

/** Firefox, driven over WebDriver BiDi. */
export const openFirefox = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: START_LIMIT_MS,
    extraPrefsFirefox: FIREFOX_PREFERENCES,
  })

export const openChromium = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({ executablePath, headless: true, timeout: START_LIMIT_MS, args: CHROMIUM_ARGUMENTS })
