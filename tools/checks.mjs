// Every check of `npm test`, in order. Each resolves to `{ passed, failed, skips: [{ name, reason }], output }`; output
// is printed when it failed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkBudgets } from './budgets.mjs'
import { buildWebIfStale } from './build-web.mjs'
import { ensureChromium } from './chromium.mjs'
import { findOrInstallFirefox } from './firefox.mjs'
import { findOrBuildLivekit, livekitHere } from './livekit.mjs'
import { pinnedNode } from './pinned-node.mjs'
import { projectRoot } from './project-root.mjs'
import { runCommand } from './run-command.mjs'

/**
 * @typedef {import('./run-checks.mjs').Counts} Counts
 * @typedef {import('./run-checks.mjs').Result} Result
 * @typedef {{ status: string, annotations?: { type: string, description?: string }[] }} PlaywrightTest
 * @typedef {{ title: string, tests: PlaywrightTest[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ suites?: PlaywrightSuite[], errors?: unknown[] }} PlaywrightReport
 */

const TYPED_PARTS = [
  'packages/contracts/tsconfig.json',
  'apps/server/tsconfig.json',
  'apps/web/tsconfig.json',
  'apps/web/tsconfig.tools.json',
  'e2e/tsconfig.json',
  'bench/tsconfig.json',
  'tools/tsconfig.json',
]

/** Each of them works on one core: the slowest beside the others. */
const readings = [
  {
    name: 'lint',
    run: () =>
      oneTest('eslint', ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']),
  },
  { name: 'types', run: types },
  {
    name: 'format',
    run: () => oneTest('prettier', ['--check', '.', '--cache', '--cache-location', 'node_modules/.cache/prettier/all']),
  },
  {
    name: 'fences',
    run: () =>
      oneTest('depcruise', [
        'apps',
        'packages',
        'e2e',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err-long',
      ]),
  },
  {
    name: 'unused files, exports and packages',
    run: () => oneTest('knip', ['--no-progress', '--treat-config-hints-as-errors']),
  },
]

export const checks = [
  readings,
  { name: 'unit and action tests', run: unitAndActionTests },
  { name: 'web build and budgets', run: budgets },
]

export const browserChecks = [
  // both wait much: a ring that is not answered, a line that comes back
  [
    { name: 'browser tests of stories', run: storyTests },
    { name: 'browser tests of screens', run: screenTests },
  ],
  { name: 'browser tests on LiveKit', run: livekitTests },
  { name: 'a call with Firefox', run: firefoxCall },
]

/**
 * Beside the machine: the page of the installation on an empty Debian of its own. It takes three to four minutes, and
 * everything together may take 25: where the others were slow it is left out, and that is said.
 */
export const deploymentChecks = [
  { name: 'deployment', run: deployment, latestStartMinutes: 20, otherwise: '`npm run try-deploy -- --short` runs it' },
]

/**
 * @param {string} command
 * @param {string[]} args
 */
async function oneTest(command, args) {
  const { code, output } = await runCommand(command, args)
  return code === 0 ? passedOne(output) : failedOne(output)
}

/** @returns {Result} */
const passedOne = (output = '') => ({ passed: 1, failed: 0, skips: [], output })
/**
 * @param {string} output
 * @returns {Result}
 */
const failedOne = (output) => ({ passed: 0, failed: 1, skips: [], output })

async function types() {
  const compiler = join(projectRoot, 'node_modules/typescript-native/bin/tsc')
  const outputs = []
  let failed = false
  for (const part of TYPED_PARTS.filter((place) => existsSync(join(projectRoot, place)))) {
    const { code, output } = await runCommand(pinnedNode() ?? process.execPath, [compiler, '-p', part])
    if (code !== 0) failed = true
    outputs.push(output)
  }
  return failed ? failedOne(outputs.join('')) : passedOne()
}

async function unitAndActionTests() {
  return withReportFile(async (report) => {
    const reporters = ['--reporter=default', '--reporter=./tools/vitest-counts.mjs']
    const { path: LIVEKIT_SERVER } = await livekitHere()
    const { code, output } = await runCommand('vitest', ['run', ...reporters], {
      env: { MOINHA_TEST_REPORT: report, CI: 'true', ...(LIVEKIT_SERVER && { LIVEKIT_SERVER }) },
    })
    return counted(report, { code, output }, (/** @type {Counts} */ counts) => counts)
  })
}

async function budgets() {
  const build = await buildWebIfStale({ show: false })
  if (build.code !== 0) return failedOne(build.output)
  const { lines, exceeded } = checkBudgets()
  console.log(lines.map((line) => `    ${line}`).join('\n'))
  return exceeded.length > 0 ? failedOne(exceeded.join('\n')) : passedOne()
}

/** @returns {Promise<Result>} */
function storyTests() {
  return playwright('e2e/playwright.config.ts', {})
}

/** @returns {Promise<Result>} */
function screenTests() {
  return playwright('e2e/playwright.screens.config.ts', {})
}

/** @returns {Promise<Result>} */
async function livekitTests() {
  const { path, reason } = await findOrBuildLivekit()
  if (path !== undefined) return playwright('e2e/playwright.livekit.config.ts', { LIVEKIT_SERVER: path })
  console.log(`    no browser tests on LiveKit: ${reason}`)
  return { passed: 0, failed: 0, skips: [{ name: 'browser tests on LiveKit', reason }], output: '' }
}

/**
 * @param {string} config
 * @param {Record<string, string>} more
 */
async function playwright(config, more) {
  const chromium = await ensureChromium()
  return withReportFile(async (report) => {
    const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, CI: 'true', ...more }
    const { code, output } = await runCommand('playwright', ['test', '--config', config, '--reporter=list,json'], {
      env,
    })
    return counted(report, { code, output }, fromPlaywright)
  })
}

/**
 * Each ends by itself in less than two minutes and closes what it opened.
 * @returns {Promise<Result>}
 */
async function firefoxCall() {
  const { path, reason } = await findOrInstallFirefox()
  if (path === undefined) {
    console.log(`    no call with Firefox: ${reason}`)
    return { passed: 0, failed: 0, skips: [{ name: 'a call with Firefox', reason }], output: '' }
  }
  const env = { FIREFOX_PATH: path, CHROMIUM_PATH: await ensureChromium() }
  const { path: LIVEKIT_SERVER } = await livekitHere()
  const calls = ['three-party-call.ts', ...(LIVEKIT_SERVER ? ['livekit-call.ts'] : [])]
  const outputs = []
  for (const call of calls) {
    const { code, output } = await runCommand(pinnedNode() ?? process.execPath, [`e2e/firefox/${call}`], {
      env: { ...env, ...(LIVEKIT_SERVER && { LIVEKIT_SERVER }) },
    })
    outputs.push(output)
    if (code !== 0) return failedOne(outputs.join(''))
  }
  return { passed: calls.length, failed: 0, skips: [], output: outputs.join('') }
}

/**
 * Without what takes minutes: `npm run try-deploy` has that.
 * @returns {Promise<Result>}
 */
async function deployment() {
  const { output } = await runCommand(pinnedNode() ?? process.execPath, ['tools/try-deploy.mjs', '--short'])
  const [, passed, failed] = /^(\d+) passed, (\d+) failed, \d+ skipped$/m.exec(output) ?? [undefined, '0', '1']
  const skips = [...output.matchAll(/^skipped: (.*) \((.*)\)$/gm)].map(([, name = '', reason = '']) => ({
    name,
    reason,
  }))
  return { passed: Number(passed), failed: Number(failed), skips, output }
}

/**
 * Counts out of the report; a run that failed without counting a failure (it did not even begin) counts as one.
 * @template T
 * @param {string} report
 * @param {{ code: number, output: string }} run
 * @param {(report: T) => Counts} read
 * @returns {Result}
 */
function counted(report, { code, output }, read) {
  if (!existsSync(report)) return failedOne(output)
  const counts = read(JSON.parse(readFileSync(report, 'utf8')))
  return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed, output }
}

/**
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
function fromPlaywright(report) {
  const specs = allSpecs(report.suites ?? [])
  const tests = specs.flatMap((spec) => spec.tests.map((test) => ({ ...test, title: spec.title })))
  const skips = tests
    .filter((test) => test.status === 'skipped')
    .map((test) => ({
      name: test.title,
      reason: test.annotations?.find((note) => note.type === 'skip')?.description ?? 'no reason given',
    }))
  return {
    passed: tests.filter((test) => test.status === 'expected' || test.status === 'flaky').length,
    failed:
      tests.filter((test) => test.status === 'unexpected').length +
      (report.errors?.length && tests.length === 0 ? 1 : 0),
    skips,
  }
}

/**
 * @param {PlaywrightSuite[]} suites
 * @returns {PlaywrightSpec[]}
 */
function allSpecs(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...allSpecs(suite.suites ?? [])])
}

/**
 * @param {(report: string) => Promise<Result>} use
 */
async function withReportFile(use) {
  const directory = mkdtempSync(join(tmpdir(), 'moinha-report-'))
  try {
    return await use(join(directory, 'report.json'))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
