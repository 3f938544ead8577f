import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const name = 'virtual:routes'
const resolved = `\0${name}`
const script = fileURLToPath(new URL('./print-routes.ts', import.meta.url))
const sources = fileURLToPath(new URL('../src', import.meta.url))

/** Every string like 'module.verb' in the web's sources: a route nobody calls costs no bytes. */
function mentioned(): Set<string> {
  const found = new Set<string>()
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$|\/testing\//.test(file)) continue
    for (const [, id] of readFileSync(join(sources, file), 'utf8').matchAll(/['"`]([a-z-]+\.[A-Za-z0-9]+)['"`]/g))
      if (id) found.add(id)
  }
  return found
}

/** `virtual:routes`: method and path of each contract by id, so that zod never reaches the browser. */
export function contractRoutes(): Plugin {
  return {
    name: 'moinha-contract-routes',
    resolveId: (id) => (id === name ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined
      const all = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as Record<string, unknown>
      const used = this.meta.watchMode ? undefined : mentioned()
      const kept = Object.fromEntries(Object.entries(all).filter(([key]) => !used || used.has(key)))
      return `export default ${JSON.stringify(kept)}`
    },
    handleHotUpdate({ file, server }) {
      if (!file.includes('packages/contracts/src')) return
      const module = server.moduleGraph.getModuleById(resolved)
      if (module) server.moduleGraph.invalidateModule(module)
      server.ws.send({ type: 'full-reload' })
    },
  }
}
