// What must hold on the installed province.
import { faultSteps } from './faults.mjs'
import { installedSteps } from './installed.mjs'
import { proxySteps } from './proxy.mjs'
import { lastSteps, restoreSteps } from './restore.mjs'
import { fromEarlier, updateSteps } from './update.mjs'

/**
 * @param {import('./asking.mjs').Trial} trial
 * @param {string} [from] an earlier version is installed
 */
export function stepsOf({ short }, from) {
  if (from) return [fromEarlier]
  const all = [...installedSteps, ...proxySteps, ...updateSteps, ...restoreSteps, ...faultSteps, ...lastSteps]
  return all.filter((step) => !short || !('long' in step))
}
