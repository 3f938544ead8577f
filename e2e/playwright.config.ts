import { defineConfig } from '@playwright/test'

/**
 * Chromium's own camera and microphone: a moving picture with a clock and a beep each second, granted without asking.
 */
const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: '.',
  testMatch: 'specs/**/*.spec.ts',
  outputDir: '../test-results/failures/stories',
  // Starts the real server on a free port with a throw-away data directory and sets BASE_URL.
  globalSetup: './serve-for-tests.ts',
  // One story at a time: the specs share one server, and one small machine carries it together with the browsers.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    actionTimeout: 20_000,
    baseURL: process.env.BASE_URL ?? '',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    screenshot: 'only-on-failure',
    // writing down every step costs a fifth of the time: `TRACE=1` when something is being looked for
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    permissions: ['camera', 'microphone'],
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [...QUIET, ...FAKE_MEDIA],
    },
  },
})
