import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const name = 'virtual:routes'
const resolved = `\0${name}`
const script = fileURLToPath(new URL('./print-routes.ts', import.meta.url))
const sources = fileURLToPath(new URL('../src', import.meta.url))

const ids = /['"`]([a-z-]+\.[A-Za-z0-9]+)['"`]/g
/** Stands for the table until all files of the build are known. */
const placeholder = '__CONTRACT_ROUTES__'

/** Every string like 'module.verb' in the files of this build: a route nobody calls costs no bytes. */
function mentioned(files: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const file of files)
    if (file.startsWith(`${sources}/`) && /\.tsx?$/.test(file))
      for (const [, id] of readFileSync(file, 'utf8').matchAll(ids)) if (id) found.add(id)
  return found
}

type Table = Record<string, unknown>
const allRoutes = (): Table => JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as Table

/** `virtual:routes`: method and path of each contract by id, so that zod never reaches the browser. */
export function contractRoutes(): Plugin {
  let building = false
  return {
    name: 'moinha-contract-routes',
    configResolved: ({ command }) => void (building = command === 'build'),
    resolveId: (id) => (id === name ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined
      return `export default ${building ? placeholder : JSON.stringify(allRoutes())}`
    },
    renderChunk(code) {
      if (!code.includes(placeholder)) return null
      const used = mentioned(this.getModuleIds())
      const table = Object.fromEntries(Object.entries(allRoutes()).filter(([id]) => used.has(id)))
      return { code: code.replace(placeholder, () => JSON.stringify(table)), map: null }
    },
    handleHotUpdate({ file, server }) {
      if (!file.includes('packages/contracts/src')) return
      const module = server.moduleGraph.getModuleById(resolved)
      if (module) server.moduleGraph.invalidateModule(module)
      server.ws.send({ type: 'full-reload' })
    },
  }
}
