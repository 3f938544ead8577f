import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installPackage, mayInstallPackages } from './debian-package.mjs'
import { projectRoot } from './project-root.mjs'
import { runCommand } from './run-command.mjs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @type {Promise<string> | undefined} */
let found

/**
 * Path of a Chromium that runs; installs one when there is none. Throws, in words, when that fails too. Checks that run
 * side by side share one installation.
 */
export function ensureChromium() {
  return (found ??= findOrInstall())
}

async function findOrInstall() {
  const here = findChromium()
  if (here) return here
  console.log('No Chromium on this machine; installing one…')
  if (mayInstallPackages()) {
    await installPackage('chromium')
    const installed = findChromium()
    if (installed) return installed
  }
  const withSystemLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : []
  await runCommand('playwright', ['install', ...withSystemLibraries, 'chromium'], { show: true })
  const installed = findChromium()
  if (!installed)
    throw new Error(
      'No Chromium that runs could be installed. Install one, or give its path: CHROMIUM_PATH=/path/to/chromium npm test',
    )
  return installed
}

function findChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given && !runs(given)) throw new Error(`CHROMIUM_PATH=${given} does not run.`)
  return [given, ...USUAL_PLACES, playwrightsOwn()].find((path) => path && existsSync(path) && runs(path))
}

function playwrightsOwn() {
  try {
    return createRequire(join(projectRoot, 'e2e/package.json'))('playwright-core').chromium.executablePath()
  } catch {
    return undefined
  }
}

/**
 * Some systems put a script at /usr/bin/chromium-browser that only tells to install another package.
 * @param {string} path
 */
function runs(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}
