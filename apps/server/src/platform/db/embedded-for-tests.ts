import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from './embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser connection string of the PostgreSQL of this test run. */
    ownerUrl: string
  }
}

/**
 * Vitest global setup: one throw-away PostgreSQL for the whole run. Tests get it as `inject('ownerUrl')` or
 * `process.env.TEST_OWNER_URL`. A TEST_OWNER_URL given from outside is used instead.
 */
export default async function startForTests(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_OWNER_URL
  const database = given ? undefined : await startEmbeddedPostgres({ ephemeral: true })
  const ownerUrl = given ?? database?.ownerUrl ?? ''
  process.env.TEST_OWNER_URL = ownerUrl
  project.provide('ownerUrl', ownerUrl)
  return async () => {
    if (database) delete process.env.TEST_OWNER_URL
    await database?.stop()
  }
}
