import { whenAskedToEnd } from './ending.mjs'
import { startProgram } from './server-process.mjs'

/**
 * Runs one of our TypeScript programs in the foreground and ends with its exit code.
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string | undefined>} [env]
 */
export async function runProgram(file, args, env = {}) {
  const program = startProgram(file, { args, env })
  whenAskedToEnd(() => program.end())
  process.exit(await program.ended)
}
