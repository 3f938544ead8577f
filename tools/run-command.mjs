import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { projectRoot } from './project-root.mjs'

const running = new Set()

/** The environment in which `node` is the pinned one and the project's programs are found first. */
export function toolEnvironment(extra = {}) {
  const bin = join(projectRoot, 'node_modules', '.bin')
  return { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), ...extra }
}

/**
 * Runs a program to its end and resolves to `{ code, output }`. `show`: its output goes to the terminal as it comes;
 * otherwise it is only collected. It runs in a process group of its own, so that `endRunningCommands` reaches its
 * children too.
 */
export function runCommand(command, args, { env = {}, show = false, cwd = projectRoot } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe']
    const child = spawn(command, args, { cwd, env: toolEnvironment(env), stdio, detached: true })
    running.add(child)
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.once('error', (error) => chunks.push(Buffer.from(`${command}: ${error.message}\n`)))
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code: code ?? (signal ? 128 : 1), output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

export function endRunningCommands(signal = 'SIGTERM') {
  for (const child of running) signalGroup(child, signal)
}

export function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Already gone.
  }
}
