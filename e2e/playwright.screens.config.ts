import { defineConfig } from '@playwright/test'
import usual from './playwright.config.ts'

/** Every screen and public page, looked at one after the other: a server of their own, beside the stories' one. */
export default defineConfig({
  ...usual,
  testMatch: 'screens/**/*.spec.ts',
  outputDir: '../test-results/failures/screens',
})
