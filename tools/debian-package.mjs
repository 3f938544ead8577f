import { existsSync, readFileSync } from 'node:fs'
import { runCommand } from './run-command.mjs'

/** May packages be installed here? Only where apt is the system's own and we are root. */
export function mayInstallPackages() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Installs a package of the distribution; resolves to whether apt said that it did.
 * @param {string} name
 */
export async function installPackage(name) {
  await runCommand('apt-get', ['update'], { show: true })
  const { code } = await runCommand('apt-get', ['install', '-y', name], {
    show: true,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
  return code === 0
}
