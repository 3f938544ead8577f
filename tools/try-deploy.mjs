// npm run try-deploy: does deploy/README.md, word for word, make a working province of an empty Debian? Runs the page's
// own commands.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { whenAskedToEnd } from './ending.mjs'
import { projectRoot } from './project-root.mjs'
import { readmeBlocks } from './readme-blocks.mjs'
import { runCommand } from './run-command.mjs'
import { bootScratchDebian, whyNoScratchDebian } from './scratch-debian.mjs'
import { afterInstallation } from './try-deploy/restore.mjs'

process.chdir(projectRoot)
const page = readFileSync('deploy/README.md', 'utf8')
const only = process.argv.includes('--keep') ? 'keep' : undefined

const reason = whyNoScratchDebian()
if (reason) {
  console.log(`skipped: deploy/README.md on an empty Debian (${reason})`)
  process.exit(0)
}
const debian = await bootScratchDebian(join(projectRoot, 'node_modules/.cache/try-deploy')).catch((error) => {
  console.log(`skipped: deploy/README.md on an empty Debian (${error.message})`)
  process.exit(0)
})
whenAskedToEnd(() => void debian.close().then(() => process.exit(130)))

let passed = 0
let code = 0
try {
  await giveSource(debian)
  for (const block of readmeBlocks(page).filter(({ kind }) => ['settings', 'internet', 'source', ''].includes(kind)))
    await step(`README ${block.line}: ${firstCommand(block.text)}`, () => runBlock(block))
  for (const { name, run } of afterInstallation) await step(name, () => run(debian))
} catch (error) {
  console.log(messageOf(error))
  code = 1
} finally {
  if (only === 'keep') await new Promise((resolve) => whenAskedToEnd(() => resolve(undefined)))
  await debian.close()
}
console.log(`${passed} passed, ${code} failed, 0 skipped`)
process.exit(code)

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
  } catch (error) {
    throw new Error(`✗ ${name}\n${messageOf(error)}`, { cause: error })
  }
  passed += 1
}

/** @param {{ kind: string, text: string }} block */
async function runBlock({ kind, text }) {
  const { code: ended, output } = await debian.run(asHere(kind, text), {
    internet: kind === 'internet' || kind === 'source',
  })
  if (ended !== 0) throw new Error(`ended with ${ended}:\n${output.split('\n').slice(-40).join('\n')}`)
}

/**
 * The lines a reader is told to fill in, and no other, as they are on this machine.
 * @param {string} kind
 * @param {string} text
 */
function asHere(kind, text) {
  if (kind === 'settings')
    return replaceAll(text, [
      [/^DOMAIN=.*$/m, 'DOMAIN=moinha.test'],
      [/^TLS=.*$/m, 'TLS=internal'],
    ])
  if (kind === 'source') return replaceAll(text, [[/^SOURCE=.*$/m, 'SOURCE=/srv/moinha.git VERSION=main']])
  return text
}

/**
 * @param {string} text
 * @param {[RegExp, string][]} changes
 */
function replaceAll(text, changes) {
  return changes.reduce((filled, [pattern, by]) => {
    if (!pattern.test(filled)) throw new Error(`the page has no line ${pattern}`)
    return filled.replace(pattern, by)
  }, text)
}

/** @param {string} text */
function firstCommand(text) {
  return text.trim().split('\n').at(-1)
}

/**
 * What stands in this working tree becomes the repository the page clones.
 * @param {import('./scratch-debian.mjs').ScratchDebian} debian
 */
async function giveSource({ root, run }) {
  const tree = join(root, 'srv/tree')
  mkdirSync(tree, { recursive: true })
  const listed = await runCommand('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  writeFileSync(join(root, 'srv/files'), listed.output)
  const copied = await runCommand('sh', [
    '-c',
    `tar --null --ignore-failed-read -cf - -T ${join(root, 'srv/files')} 2> /dev/null | tar -C ${tree} -xf -`,
  ])
  if (copied.code !== 0) throw new Error(copied.output)
  const git = `git -C ${tree} -c user.name=try -c user.email=try@moinha.test`
  const made = await runCommand('sh', [
    '-c',
    `${git} init -q -b main && ${git} add -A && ${git} commit -qm try && git clone -q --bare ${tree} ${root}/srv/moinha.git`,
  ])
  if (made.code !== 0) throw new Error(made.output)
  // the name service of a province, and that this repository belongs to another user
  const said = await run(
    `echo '127.0.0.1 localhost moinha.test' > /etc/hosts; printf '[safe]\\n\\tdirectory = *\\n' > /etc/gitconfig`,
  )
  if (said.code !== 0) throw new Error(said.output)
}
