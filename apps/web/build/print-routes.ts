/** Prints `{ id: [method, path] }` of every contract; runs in its own process so that a watch sees fresh files. */
import { readdirSync } from 'node:fs'

interface Declared {
  id: string
  method: string
  path: string
}

const folder = new URL('../../../packages/contracts/src/', import.meta.url)
const table: Record<string, [string, string]> = {}
for (const file of readdirSync(folder)) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'all.ts') continue
  const { routes } = (await import(new URL(file, folder).href)) as { routes?: Record<string, Declared> }
  for (const route of Object.values(routes ?? {})) table[route.id] = [route.method, route.path]
}
process.stdout.write(JSON.stringify(table))
