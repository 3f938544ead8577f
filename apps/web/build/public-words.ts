import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { publicParts } from './public-chunks.ts'

const asked = /^virtual:public-words\/([a-z]+)\/(vi|en)$/
const modules = fileURLToPath(new URL('../src/modules', import.meta.url))
const imported = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.tsx?)'/g
/** A key, whole or as far as it is known before the page runs: 'news.feed.title', 'news.area.', `news.state.${…}`. */
const mentioned = /['"`]([a-z]+\.[\w.-]*)(['"`]|\$\{)/gi

/** The public files of a module and whatever of the module they lead to, also later. */
function filesReached(folder: string, module: string): Set<string> {
  const begin = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && publicParts[module]?.test(file))
  // its index holds the titles
  const [reached, next] = [new Set<string>(), [join(folder, 'index.ts'), ...begin]]
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (reached.has(file) || !existsSync(file)) continue
    reached.add(file)
    if (file === join(folder, 'index.ts')) continue
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(imported)) {
      const target = resolve(dirname(file), path)
      if (target.startsWith(`${folder}/`)) next.push(target)
    }
  }
  return reached
}

/** Those words of a module that its public pages can ever show. */
export function wordsOfPublicPages(folder: string, module: string, words: Record<string, string>) {
  const [whole, begun] = [new Set<string>(), new Set<string>()]
  for (const file of filesReached(folder, module))
    // 'news.' alone names what is to be read again
    for (const [, key = '', end] of readFileSync(file, 'utf8').matchAll(mentioned))
      (end === '${' || /\..+\.$/.test(key) ? begun : whole).add(key)
  const shows = (key: string): boolean => whole.has(key) || [...begun].some((part) => key.startsWith(part))
  return Object.fromEntries(Object.entries(words).filter(([key]) => shows(key)))
}

/**
 * `virtual:public-words/<module>/vi`: on a weak line the words of a whole module, most of them of its staff's pages,
 * would keep a citizen waiting for the first page.
 */
export function publicWords(): Plugin {
  return {
    name: 'moinha-public-words',
    resolveId: (id) => (asked.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, module, language] = asked.exec(id.replace('\0', '')) ?? []
      if (!module || !language) return undefined
      const folder = join(modules, module)
      const all = JSON.parse(readFileSync(join(folder, `words/${language}.json`), 'utf8')) as Record<string, string>
      // in development a page changes under our feet: all words are there
      const words = this.meta.watchMode ? all : wordsOfPublicPages(folder, module, all)
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(words))})`
    },
  }
}
