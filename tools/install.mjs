import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { hasPinnedNode, pinnedNode } from './pinned-node.mjs'
import { projectRoot } from './project-root.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Runs `npm ci` when node_modules is missing or does not hold what package-lock.json says. Ends the process with a
 * plain line when it fails.
 */
export async function installIfStale() {
  if (!isInstalled()) {
    console.log('Installing packages (npm ci); the first time this takes a minute or two…')
    // --include=dev: also with NODE_ENV=production, for the pinned Node is one of them. Errors only: the warnings are
    // about a Node that we do not use.
    await npmOrEnd(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  if (hasPinnedNode()) return
  await npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'])
  if (pinnedNode()) return
  console.error(
    `Node 24 did not arrive with npm (are install scripts forbidden?). Install Node 24 yourself; this one is ${process.version}.`,
  )
  process.exit(1)
}

/** npm notes in node_modules/.package-lock.json, as its last act, what it installed. */
function isInstalled() {
  const wanted = packagesIn(join(projectRoot, 'package-lock.json'))
  const present = packagesIn(join(projectRoot, 'node_modules', '.package-lock.json'))
  if (!present) return false
  return Object.entries(wanted ?? {}).every(([path, entry]) => {
    if (path === '' || entry.link || !path.includes('node_modules/')) return true
    const here = present[path]
    if (!here) return Boolean(entry.optional || entry.devOptional || entry.peer)
    return here.version === entry.version
  })
}

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked
 * @param {string} lockFile
 * @returns {Record<string, Locked> | undefined}
 */
function packagesIn(lockFile) {
  if (!existsSync(lockFile)) return undefined
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

/** @param {string[]} args */
async function npmOrEnd(args) {
  const code = await npm(args)
  if (code === 0) return
  console.error(`"npm ${args[0]}" failed; its own words are above.`)
  process.exit(1)
}

/**
 * Runs npm with the machine's own Node and without node_modules/.bin on the path: `npm start` puts our pinned Node
 * first, and `npm ci` would then remove the program that runs it.
 * @param {string[]} args
 */
async function npm(args) {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((place) => !place.endsWith(join('node_modules', '.bin')))
    .join(delimiter)
  const cli = process.env.npm_execpath ?? ''
  const node = process.env.npm_node_execpath ?? process.execPath
  const options = { show: true, env: { PATH: path } }
  const withCli = cli.endsWith('.js') && existsSync(cli) && existsSync(node)
  return (await (withCli ? runCommand(node, [cli, ...args], options) : runCommand('npm', args, options))).code
}
