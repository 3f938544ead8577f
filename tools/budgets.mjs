// House §8: what a first visit downloads, gzip. Read from Vite's manifest: the page, what it names itself (scripts,
// styles, preloads), the entry, its static imports and their styles are the first load; every chunk reached only by
// import() is a further route.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { projectRoot } from './project-root.mjs'

const KILOBYTE = 1000
/**
 * @typedef {{ file: string, name?: string, isEntry?: boolean, css?: string[], imports?: string[],
 * dynamicImports?: string[] }} Chunk
 * @typedef {Record<string, Chunk>} Manifest
 * @typedef {{ page: string, name: string, firstLoadKb: number, routeKb?: number, publicModules?: string[] }} Entry
 * @typedef {{ root: string, manifest: Manifest, key: string, page: string }} Built
 */

/** @type {Entry[]} */
const ENTRIES = [
  // a public page also takes its module's public part (apps/web/build/public-chunks.ts)
  {
    page: 'index.html',
    name: 'citizen',
    firstLoadKb: 58,
    routeKb: 40,
    publicModules: ['identity', 'scheduling', 'news'],
  },
  { page: 'staff.html', name: 'staff', firstLoadKb: 200 },
]

/**
 * Not a route: the video engine, fetched only when a call is joined through LiveKit (the mesh needs none of it),
 * docs/decisions/2026-11-22-video-engine-chunk.md; and what reads a PDF, fetched when somebody shows one in a call,
 * docs/decisions/2026-11-26-a-room-of-a-hundred.md.
 */
const ENGINES = [
  { name: 'livekit-client', budgetKb: 160 },
  { name: 'pdfjs-dist', budgetKb: 180 },
]

/** Sizes of both entries in `lines`; `exceeded` names every budget that does not hold. */
export function checkBudgets(dist = join(projectRoot, 'apps/web/dist')) {
  /** @type {string[]} */
  const lines = []
  /** @type {string[]} */
  const exceeded = []
  for (const entry of ENTRIES) {
    const found = findManifest(dist, entry.page)
    if (found) measure(entry, found, lines, exceeded)
    else exceeded.push(`${entry.name}: no Vite manifest in ${dist} knows ${entry.page} (build.manifest must be true)`)
  }
  return { lines, exceeded }
}

/**
 * @param {Entry} entry
 * @param {Built} built
 * @param {string[]} lines
 * @param {string[]} exceeded
 */
function measure(entry, { root, manifest, key, page }, lines, exceeded) {
  const shell = new Set([page, ...namedByPage(page, root), ...filesOf(manifest, key)])
  const visits = (entry.publicModules ?? []).map((module) => new Set([...shell, ...publicFilesOf(manifest, module)]))
  const first = [shell, ...visits].sort((a, b) => gzipOf(root, b) - gzipOf(root, a))[0] ?? shell
  const firstBytes = gzipOf(root, first)
  lines.push(`${entry.name} first load ${kilobytes(firstBytes)} of ${entry.firstLoadKb} kB`)
  if (firstBytes > entry.firstLoadKb * KILOBYTE)
    exceeded.push(
      `${entry.name} first load is ${kilobytes(firstBytes)} kB, budget ${entry.firstLoadKb} kB: ${[...first].join(' ')}`,
    )
  if (!entry.routeKb) return
  for (const lazy of lazyChunks(manifest, key)) {
    const bytes = gzipOf(
      root,
      filesOf(manifest, lazy).filter((file) => !first.has(file)),
    )
    const budgetKb = ENGINES.find(({ name }) => lazy.includes(`/${name}/`))?.budgetKb ?? entry.routeKb
    if (bytes > budgetKb * KILOBYTE)
      exceeded.push(`${entry.name} route ${lazy} is ${kilobytes(bytes)} kB, budget ${budgetKb} kB`)
  }
}

/**
 * Script, style and preload files that the HTML itself names.
 * @param {string} page
 * @param {string} root
 */
function namedByPage(page, root) {
  const addresses = [
    ...readFileSync(page, 'utf8').matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g),
  ].map((match) => match[1] ?? '')
  return addresses.map((address) => join('.', address)).filter((file) => existsSync(join(root, file)))
}

/**
 * What the public pages of a module load beside the shell, their words with them.
 * @param {Manifest} manifest
 * @param {string} module
 */
function publicFilesOf(manifest, module) {
  const part = Object.keys(manifest).find((key) => manifest[key]?.name === `public-${module}`)
  if (!part) throw new Error(`the build has no public part of ${module}`)
  return filesOf(manifest, part)
}

/**
 * A chunk's file, its styles, and those of everything it imports statically.
 * @param {Manifest} manifest
 * @param {string} key
 * @param {Set<string>} [seen]
 * @returns {string[]}
 */
function filesOf(manifest, key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return []
  seen.add(key)
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((next) => filesOf(manifest, next, seen))]
}

/**
 * @param {Manifest} manifest
 * @param {string} key
 * @param {Set<string>} [seen]
 * @param {Set<string>} [lazy]
 */
function lazyChunks(manifest, key, seen = new Set(), lazy = new Set()) {
  if (seen.has(key)) return lazy
  seen.add(key)
  for (const next of manifest[key]?.imports ?? []) lazyChunks(manifest, next, seen, lazy)
  for (const next of manifest[key]?.dynamicImports ?? []) {
    lazy.add(next)
    lazyChunks(manifest, next, seen, lazy)
  }
  return lazy
}

/**
 * The entries may be built apart, each with a manifest of its own.
 * @param {string} dist
 * @param {string} page
 * @returns {Built | undefined}
 */
function findManifest(dist, page) {
  for (const file of manifestsUnder(dist)) {
    const root = dirname(dirname(file))
    /** @type {Manifest} */
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    // the entry may have been merged into a chunk of another name; the page lies beside its manifest
    const key = Object.keys(manifest).find((name) => manifest[name]?.isEntry || manifest[name]?.name === 'shell')
    const html = [join(root, page)].find((path) => existsSync(path))
    if (key && html) return { root, manifest, key, page: html }
  }
  return undefined
}

/** @param {string} place */
function manifestsUnder(place) {
  if (!existsSync(place)) return []
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'manifest.json' && entry.parentPath.endsWith('.vite'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * @param {string} root
 * @param {Iterable<string>} files
 */
function gzipOf(root, files) {
  return [...new Set(files)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(file.startsWith('/') ? file : join(root, file))).length,
    0,
  )
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / KILOBYTE).toFixed(1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { lines, exceeded } = checkBudgets()
  console.log([...lines, ...exceeded].join('\n'))
  process.exitCode = exceeded.length > 0 ? 1 : 0
}
