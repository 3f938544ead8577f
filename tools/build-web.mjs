import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from './project-root.mjs'
import { runCommand } from './run-command.mjs'

const SOURCES = ['apps/web', 'packages', 'package-lock.json', 'tsconfig.base.json']
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test-results', 'coverage'])
/** One page per entry; removed by hand, they must come back. */
const PAGES = ['citizen/index.html', 'citizen-server/.vite/manifest.json', 'staff/staff.html']
const dist = join(projectRoot, 'apps/web/dist')
const stamp = join(dist, '.built-from')

/** Builds the web when its sources changed since the last build. Resolves to `{ code, output, built }`. */
export async function buildWebIfStale({ show = true } = {}) {
  const fingerprint = fingerprintOf(SOURCES)
  if (isFresh(fingerprint)) return { code: 0, output: '', built: false }
  if (show) console.log('Building the pages…')
  // Shown only when it fails: on a good day nobody wants a list of chunks.
  const { code, output } = await runCommand('npm', ['run', 'build', '--workspace', 'apps/web'], {
    env: { NODE_ENV: 'production' },
  })
  if (code === 0) writeFileSync(stamp, fingerprint)
  else if (show) console.error(output)
  return { code, output, built: true }
}

/** @param {string} fingerprint */
function isFresh(fingerprint) {
  return (
    existsSync(stamp) &&
    PAGES.every((page) => existsSync(join(dist, page))) &&
    readFileSync(stamp, 'utf8') === fingerprint
  )
}

/** @param {string[]} places */
function fingerprintOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap((place) => filesUnder(join(projectRoot, place)))) {
    hash
      .update(`${relative(projectRoot, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesUnder(place) {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place)
    .filter((name) => !NOT_SOURCES.has(name) && !name.startsWith('.'))
    .sort()
    .flatMap((name) => filesUnder(join(place, name)))
}
