// The page of the installation, and how its commands are run here.
import { readFileSync } from 'node:fs'
import { readmeBlocks } from '../readme-blocks.mjs'
import { runCommand } from '../run-command.mjs'

/** @typedef {ReturnType<typeof readmeBlocks>[number] & { name: string, installs: boolean }} Block */

const PAGE = 'deploy/README.md'
/** What is no part of an installation, or wants something that not everybody has. */
const NOT_INSTALLING = ['by-hand', 'update', 'restore', 'another-machine', 'livekit', 'nginx']
const ASKING_OUTSIDE = ['internet', 'source', 'nginx']
const LAST_LINES = 40

/**
 * @param {string} [from] the page as it was then
 * @returns {Promise<Block[]>}
 */
export async function pageBlocks(from) {
  const text = from ? (await runCommand('git', ['show', `${from}:${PAGE}`])).output : readFileSync(PAGE, 'utf8')
  return readmeBlocks(text).map((block) => ({
    ...block,
    name: `README ${block.line}: ${block.text.trim().split('\n').at(-1)}`,
    installs: !NOT_INSTALLING.includes(block.kind),
  }))
}

/**
 * What the page installs of Debian.
 * @param {Block[]} blocks
 */
export function packagesOf(blocks) {
  const install = blocks.find(({ text }) => text.includes('apt-get install'))?.text ?? ''
  const words = install.replaceAll('\\\n', ' ').split('apt-get install')[1] ?? ''
  return words.split(/\s+/).filter((word) => /^[a-z]/.test(word))
}

/**
 * Runs a block; where packages and pages come from this machine (`short`), none is fetched.
 * @param {import('./asking.mjs').Machine} debian
 * @param {Block} block
 * @param {boolean} short
 */
export async function runBlock(debian, block, short) {
  if (short && block.text.includes('apt-get install')) return 'in the archive'
  const { code, output } = await debian.run(asHere(block, short), { internet: ASKING_OUTSIDE.includes(block.kind) })
  if (code === 0) return undefined
  throw new Error(`${block.name} ended with ${code}:\n${output.split('\n').slice(-LAST_LINES).join('\n')}`)
}

/**
 * The lines a reader is told to fill in, and no other, as they are on this machine.
 * @param {Block} block
 * @param {boolean} short
 */
function asHere({ kind, text }, short) {
  if (kind === 'settings')
    return replaceAll(text, [
      [/^DOMAIN=.*$/m, 'DOMAIN=moinha.test'],
      [/^TLS=.*$/m, 'TLS=internal'],
    ])
  if (kind === 'source') return replaceAll(text, [[/^SOURCE=.*$/m, 'SOURCE=/srv/moinha.git VERSION=main']])
  return short ? text.replace(/^deploy\/get-node\.sh$/m, '') : text
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
