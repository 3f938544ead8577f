import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pinnedNode } from './pinned-node.mjs'
import { projectRoot } from './project-root.mjs'
import { signalGroup, toolEnvironment } from './run-command.mjs'

const GRACE_MS = 15_000

/**
 * Starts a TypeScript program of ours that ends when we end. It gets a session of its own, so that Ctrl-C in the
 * terminal reaches only us and it is asked once, in order. `ended` resolves to its exit code; `end()` asks it to end,
 * and a second time makes it.
 * @param {string} file
 * @param {object} [options]
 * @param {string[]} [options.args]
 * @param {string[]} [options.nodeArgs]
 * @param {Record<string, string | undefined>} [options.env]
 * @param {'inherit' | 'ignore' | number} [options.output]
 */
export function startProgram(file, { args = [], nodeArgs = [], env = {}, output = 'inherit' } = {}) {
  const preload = pathToFileURL(join(projectRoot, 'tools/stop-with-parent.mjs')).href
  const child = spawn(pinnedNode() ?? process.execPath, [...nodeArgs, '--import', preload, file, ...args], {
    cwd: projectRoot,
    env: toolEnvironment({ ...env, MOINHA_STARTER: String(process.pid) }),
    stdio: ['ignore', output, output, 'pipe'],
    detached: true,
  })
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0))))
  let asked = false
  const end = () => {
    if (asked) return signalGroup(child, 'SIGKILL')
    asked = true
    child.kill('SIGTERM')
    setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref()
  }
  return { child, ended, end }
}

export const serverFile = 'apps/server/src/main.ts'

/**
 * How Node.js runs the server, also in deploy/moinha.service and the benches: young objects get 2 × 8 MB instead of up
 * to 2 × 64 before they are looked through (docs/decisions/2026-11-26-what-a-read-costs.md).
 * @type {string[]}
 */
export const serverNodeArgs = JSON.parse(readFileSync(join(projectRoot, 'apps/server/package.json'), 'utf8')).config
  .nodeArgs
