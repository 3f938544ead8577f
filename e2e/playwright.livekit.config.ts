import { defineConfig } from '@playwright/test'
import usual from './playwright.config.ts'

/** Calls that go through a real LiveKit server: the same browser and the same product, with the engine beside it. */
export default defineConfig({
  ...usual,
  testMatch: 'livekit/**/*.spec.ts',
  outputDir: '../test-results/failures/livekit',
  globalSetup: './livekit/serve-with-livekit.ts',
})
