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
  use: { ...base.use, trace: 'off' },
})
