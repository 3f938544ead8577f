import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const GUARD = readFileSync(join(import.meta.dirname, 'guard.sh'), 'utf8')

export interface Guarded {
  program: string
  args: readonly string[]
  /** The signal that asks it to end, the one for when it does not, and how long it has, in tenths of a second. */
  end: { ask: string; insist: string; tenths: number }
  /** A directory that goes with the program. */
  removeAfterwards?: string
}

/**
 * Starts a program that ends with this process, however this process ends. Ask it to end by closing its standard input.
 * It gets a session of its own: Ctrl-C in the terminal reaches the server first, which ends its children in order.
 */
export function spawnGuarded({ program, args, end, removeAfterwards = '' }: Guarded, options: SpawnOptions) {
  const how = [end.ask, end.insist, String(end.tenths), removeAfterwards]
  const guard: ChildProcess = spawn('/bin/sh', ['-c', GUARD, 'moinha-guard', ...how, program, ...args], {
    ...options,
    detached: true,
  })
  return guard
}
