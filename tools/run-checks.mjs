import { whenAskedToEnd } from './ending.mjs'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { endRunningCommands } from './run-command.mjs'

/**
 * @typedef {{ passed: number, failed: number, skips: { name: string, reason: string }[] }} Counts
 * @typedef {Counts & { output: string }} Result
 * @typedef {{ name: string, run(): Promise<Result>, latestStartMinutes?: number, otherwise?: string }} Check
 */

/**
 * Runs the checks one after another (those of a list within the list side by side), goes on after a failure, and ends
 * the process. The very last line is `N passed, N
 * failed, N skipped`, which outside programs read.
 * @param {readonly (Check | readonly Check[])[]} checks
 * @param {() => unknown} [meanwhile] Begun when the packages are there; whoever needs it waits for it.
 */
export async function runChecks(checks, meanwhile) {
  process.chdir(projectRoot)
  whenAskedToEnd(() => {
    endRunningCommands()
    process.exit(130)
  })
  await installIfStale()
  meanwhile?.()
  /** @type {Counts} */
  const totals = { passed: 0, failed: 0, skips: [] }
  for (const step of checks) await Promise.all([step].flat().map((check) => runOne(check, totals)))
  for (const { name, reason } of totals.skips) console.log(`skipped: ${name} (${reason})`)
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skips.length} skipped`)
  process.exitCode = totals.failed > 0 ? 1 : 0
}

/**
 * @param {Check} check
 * @param {Counts} totals
 */
async function runOne(check, totals) {
  const { name, latestStartMinutes = Infinity, otherwise = '' } = check
  const minutes = performance.now() / 60_000
  if (minutes > latestStartMinutes) {
    totals.skips.push({
      name,
      reason: `the other checks took ${minutes.toFixed(0)} minutes of this machine; ${otherwise}`,
    })
    return
  }
  console.log(`… ${name}`)
  const startedAt = performance.now()
  const result = await check
    .run()
    .catch((/** @type {unknown} */ error) => ({ passed: 0, failed: 1, skips: [], output: stackOf(error) }))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (result.failed > 0) console.log(result.output)
  const counts = `${result.passed} passed${result.failed > 0 ? `, ${result.failed} FAILED` : ''}${result.skips.length > 0 ? `, ${result.skips.length} skipped` : ''}`
  console.log(`${result.failed > 0 ? '✗' : '✓'} ${name}: ${counts} (${seconds} s)`)
  totals.passed += result.passed
  totals.failed += result.failed
  totals.skips.push(...result.skips)
}

/** @param {unknown} error */
const stackOf = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
