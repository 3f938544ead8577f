// npm run try-deploy: does deploy/README.md, word for word, make a working province of an empty Debian? Runs the page's
// own commands. `--short`, as npm test does: the packages of Debian are in the archive already, those of npm and the
// pages come from this machine. `--from=<commit>`: installs that version and updates to the present one. `--keep`:
// leaves the machine running until asked to end.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { whenAskedToEnd } from './ending.mjs'
import { projectRoot } from './project-root.mjs'
import { bootScratchDebian, whyNoScratchDebian } from './scratch-debian.mjs'
import { Skipped } from './try-deploy/asking.mjs'
import { packagesOf, pageBlocks, runBlock } from './try-deploy/page.mjs'
import { giveSource, hostFolders, nameService } from './try-deploy/source.mjs'
import { stepsOf } from './try-deploy/steps.mjs'

process.chdir(projectRoot)
const { values: options } = parseArgs({
  options: { short: { type: 'boolean' }, keep: { type: 'boolean' }, from: { type: 'string' } },
})
const short = Boolean(options.short)
const KEEP_MS = 500
const NAME = 'deploy/README.md on an empty Debian'
const WITH_BACKUPS = '/srv/burnt'

/** @type {import('./scratch-debian.mjs').ScratchDebian[]} */
const machines = []
let askedToEnd = false
whenAskedToEnd(() => {
  // asked twice: what lies there is cleared by the next one
  if (askedToEnd) process.exit(130)
  askedToEnd = true
  for (const machine of machines) void machine.close()
})

const totals = { passed: 0, failed: 0, skipped: 0 }
const blocks = await pageBlocks(options.from)
const reason = whyNoScratchDebian()
if (reason) endSkipped(reason)
const debian = await boot().catch((error) => endSkipped(error.message))
/** @type {import('./try-deploy/asking.mjs').Trial} */
const trial = { debian, short, bootAnother, runBlocks }
try {
  await giveSource(debian, { short, from: options.from })
  for (const block of blocks.filter((one) => one.installs)) await step(block.name, () => runBlock(debian, block, short))
  for (const { name, run } of stepsOf(trial, options.from)) await step(name, () => run(trial))
} catch (error) {
  console.log(messageOf(error))
  totals.failed += 1
}
while (options.keep && !askedToEnd) await sleep(KEEP_MS)
await Promise.all(machines.map((machine) => machine.close()))
if (askedToEnd && !options.keep) process.exit(130)
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 ? 1 : 0)

/**
 * @param {string} why
 * @returns {never}
 */
function endSkipped(why) {
  if (askedToEnd) process.exit(130)
  console.log(`skipped: ${NAME} (${why})\n0 passed, 0 failed, 1 skipped`)
  process.exit(0)
}

/** @param {string[]} [more] folders */
async function boot(more = []) {
  const machine = await bootScratchDebian({
    cacheDir: join(projectRoot, 'node_modules/.cache/try-deploy'),
    packages: short ? packagesOf(blocks) : [],
    folders: [...(short ? hostFolders() : []), ...more],
  })
  machines.push(machine)
  if (askedToEnd) await machine.close()
  await nameService(machine)
  return machine
}

/** The disks of the first one lie there. */
async function bootAnother() {
  const place = join(debian.root, 'srv')
  const another = await boot([`${place}:/srv/source`, `${debian.root}:${WITH_BACKUPS}`])
  await another.run('ln -s /srv/source/moinha.git /srv/moinha.git')
  return another
}

/**
 * Blocks of some kinds, in the order of the page.
 * @param {readonly string[]} kinds
 */
async function runBlocks(kinds, machine = debian) {
  for (const block of blocks.filter(({ kind }) => kinds.includes(kind))) await runBlock(machine, block, short)
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * @param {string} name
 * @param {() => Promise<string | void>} run
 */
async function step(name, run) {
  const begun = performance.now()
  try {
    const words = await run()
    console.log(`✓ ${name}${words ? `: ${words}` : ''} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
    totals.passed += 1
  } catch (error) {
    if (!(error instanceof Skipped)) throw new Error(`✗ ${name}\n${messageOf(error)}`, { cause: error })
    console.log(`skipped: ${name} (${error.message})`)
    totals.skipped += 1
  }
}
