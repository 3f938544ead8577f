import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/**
 * Starts a program that ends with this process, however this process ends. Ask it to end by closing its standard input.
 * It gets a session of its own: Ctrl-C in the terminal reaches the server first, which ends its children in order.
 */
export function spawnGuarded(program: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  const guard = join(import.meta.dirname, 'child-guard.sh')
  return spawn('/bin/sh', [guard, program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
}
