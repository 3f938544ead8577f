import { defineConfig } from 'vitest/config'
import { publicWords } from './apps/web/build/public-words.ts'
import { contractRoutes } from './apps/web/build/routes-plugin.ts'

/** Two processes: more would only fight over the one PostgreSQL and the two cores of a small machine. */
const MAX_WORKERS = 2

export default defineConfig({
  test: {
    maxWorkers: MAX_WORKERS,
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'server',
          root: 'apps/server',
          include: ['src/**/*.test.ts'],
          globalSetup: ['src/embedded/postgres/for-tests.ts'],
          // a process reads the whole server once, not once for each file: that was two thirds of the time
          isolate: false,
          setupFiles: ['src/platform/testing/forget-routes.ts'],
          // Not Vietnam's zone, so that code which forgets to name the zone fails here.
          env: { TZ: 'UTC' },
          testTimeout: 20_000,
          hookTimeout: 60_000,
          // what is waited for comes in its own time on a busy machine
          expect: { poll: { timeout: 10_000 } },
        },
      },
      { test: { name: 'contracts', root: 'packages/contracts', include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'web',
          root: 'apps/web',
          include: ['src/**/*.test.{ts,tsx}', '../../packages/ui/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.screen.test.tsx'],
        },
      },
      {
        // Whole screens as a person sees them; only the wires are replaced.
        plugins: [contractRoutes(), publicWords()],
        test: {
          name: 'screens',
          root: 'apps/web',
          include: ['src/**/*.screen.test.tsx'],
          environment: 'happy-dom',
          environmentOptions: { happyDOM: { url: 'http://moinha.test/' } },
          setupFiles: ['src/platform/testing/setup.ts'],
          // Vietnam's, as on the screens of stations; that pages name their zone is tested elsewhere.
          env: { TZ: 'Asia/Ho_Chi_Minh' },
          testTimeout: 20_000,
        },
      },
    ],
  },
})
