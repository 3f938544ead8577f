import { whenAskedToEnd } from './ending.mjs'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { endRunningCommands } from './run-command.mjs'

/**
 * Runs the checks one after another, goes on after a failure, and ends the process. The very last line is `N passed, N
 * failed, N skipped`, which outside programs read.
 */
export async function runChecks(checks) {
  process.chdir(projectRoot)
  whenAskedToEnd(() => {
    endRunningCommands()
    process.exit(130)
  })
  await installIfStale()
  const totals = { passed: 0, failed: 0, skips: [] }
  for (const check of checks) await runOne(check, totals)
  for (const { name, reason } of totals.skips) console.log(`skipped: ${name} (${reason})`)
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skips.length} skipped`)
  process.exitCode = totals.failed > 0 ? 1 : 0
}

async function runOne(check, totals) {
  console.log(`… ${check.name}`)
  const startedAt = performance.now()
  const result = await check
    .run()
    .catch((error) => ({ passed: 0, failed: 1, skips: [], output: String(error?.stack ?? error) }))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (result.failed > 0) console.log(result.output)
  const counts = `${result.passed} passed${result.failed > 0 ? `, ${result.failed} FAILED` : ''}${result.skips.length > 0 ? `, ${result.skips.length} skipped` : ''}`
  console.log(`${result.failed > 0 ? '✗' : '✓'} ${check.name}: ${counts} (${seconds} s)`)
  totals.passed += result.passed
  totals.failed += result.failed
  totals.skips.push(...result.skips)
}
