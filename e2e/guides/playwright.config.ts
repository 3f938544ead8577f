import { defineConfig } from '@playwright/test'
import base from '../playwright.config.ts'

/** The pictures of docs/guides: the tests’ server, browser and cast, playing the story once for the camera. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: '**/*.pictures.ts',
  outputDir: '../../test-results',
  globalSetup: '../serve-for-tests.ts',
  timeout: 300_000,
  // A failing step says where; there is nothing to keep beside the pictures.
  use: {
    ...base.use,
    trace: 'off',
    // Dates in fields are written by the browser itself, in its own language.
    launchOptions: { ...base.use?.launchOptions, args: [...(base.use?.launchOptions?.args ?? []), '--lang=vi-VN'], env: { ...process.env, LANGUAGE: 'vi_VN', LANG: 'vi_VN.UTF-8' } as Record<string, string> },
  },
})
