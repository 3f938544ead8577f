import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { installPackage, mayInstallPackages } from './debian-package.mjs'

const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']

/**
 * `{ path }` of a Firefox that runs, one installed where there was none; `{ reason }`, in words, where there is no way
 * to one.
 * @returns {Promise<{ path: string, reason?: undefined } | { path?: undefined, reason: string }>}
 */
export async function findOrInstallFirefox() {
  const given = process.env.FIREFOX_PATH
  if (given && !runs(given)) throw new Error(`FIREFOX_PATH=${given} does not run.`)
  const found = given ?? usual()
  if (found) return { path: found }
  if (!mayInstallPackages())
    return { reason: 'no Firefox on this machine, and only root on Debian may install one; FIREFOX_PATH names another' }
  console.log('No Firefox on this machine; installing one…')
  await installPackage('firefox-esr')
  const path = usual()
  return path ? { path } : { reason: 'no Firefox on this machine, and apt could not install firefox-esr' }
}

const usual = () => USUAL_PLACES.find((path) => existsSync(path) && runs(path))

/** @param {string} path */
function runs(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}
