/**
 * Prints `{ id: [method, path] }`, with a 1 behind it where a write may be sent again, of every contract; runs in its
 * own process so that a watch sees fresh files.
 */
import { readdirSync } from 'node:fs'

interface Declared {
  id: string
  method: string
  path: string
  idempotent?: true
}

const entryOf = ({ method, path, idempotent }: Declared): [string, string, 1?] =>
  idempotent ? [method, path, 1] : [method, path]

const folder = new URL('../../../packages/contracts/src/', import.meta.url)
const table: Record<string, [string, string, 1?]> = {}
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  const file = entry.isDirectory() ? `${entry.name}/index.ts` : entry.name
  if (file.endsWith('.test.ts') || file === 'all.ts') continue
  const { routes } = (await import(new URL(file, folder).href)) as { routes?: Record<string, Declared> }
  for (const route of Object.values(routes ?? {})) table[route.id] = entryOf(route)
}
process.stdout.write(JSON.stringify(table))
