import { accessSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findOrFetchGo } from './go-toolchain.mjs'
import { projectRoot } from './project-root.mjs'
import { runCommand } from './run-command.mjs'

/** As the server builds it for itself: later releases carry `replace` lines, which `go install` refuses. */
const VERSION = 'v1.11.0'
const FOLDER = join(projectRoot, 'node_modules/.cache/livekit', VERSION)
const BUILT = join(FOLDER, 'livekit-server')

/** @typedef {{ path: string, reason?: undefined } | { path?: undefined, reason: string }} Found */

/** @type {Promise<Found> | undefined} */
let building

/**
 * The LiveKit server that tests run against. Asked first, it begins to build one where there is none; whoever asks
 * later waits for that.
 */
export const findOrBuildLivekit = () => (building ??= foundOrBuilt())

/** The one that is here or on its way; nothing is begun. */
export const livekitHere = () => building ?? Promise.resolve(found())

/** @returns {Found} */
function found() {
  const given = process.env.LIVEKIT_SERVER
  if (given && !isExecutable(given)) throw new Error(`LIVEKIT_SERVER=${given} does not run.`)
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'livekit-server'))
  const path = [given, ...onPath, join(projectRoot, '.data/bin/livekit-server'), BUILT].find(
    (candidate) => candidate && isExecutable(candidate),
  )
  return path ? { path } : { reason: 'no livekit-server on this machine; LIVEKIT_SERVER names one' }
}

/** @returns {Promise<Found>} */
async function foundOrBuilt() {
  const here = found()
  if (here.path) return here
  const { go, reason } = await findOrFetchGo()
  if (go === undefined) return { reason }
  mkdirSync(FOLDER, { recursive: true })
  const server = `github.com/livekit/livekit-server/cmd/server@${VERSION}`
  const env = { GOBIN: FOLDER, GOTOOLCHAIN: 'local' }
  const { code, output } = await runCommand('nice', ['-n', '19', go, 'install', server], { env })
  if (code !== 0 || !existsSync(join(FOLDER, 'server')))
    return { reason: `LiveKit could not be built: ${output.trim().split('\n').at(-1) ?? ''}` }
  renameSync(join(FOLDER, 'server'), BUILT)
  return { path: BUILT }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
