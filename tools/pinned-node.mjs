import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './project-root.mjs'

/** The oldest Node that runs the server's TypeScript as it is. */
const OLDEST_MAJOR = 24

/**
 * The Node that does the work: the one pinned in package.json, or the machine's own when that is new enough; nothing
 * when neither will do.
 */
export function pinnedNode() {
  const pinned = join(projectRoot, 'node_modules', '.bin', 'node')
  return [pinned, process.execPath].find((node) => majorOf(node) >= OLDEST_MAJOR)
}

/** False after an installation that was not allowed to run install scripts, which is how the pinned Node arrives. */
export function hasPinnedNode() {
  return majorOf(join(projectRoot, 'node_modules', '.bin', 'node')) >= OLDEST_MAJOR
}

/** @param {string} node */
function majorOf(node) {
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout.slice(1).split('.')[0]) : 0
}
