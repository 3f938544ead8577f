// npm run bench -- NAME …: runs bench/NAME.ts; without a name, lists them.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { runProgram } from './run-program.mjs'

process.chdir(projectRoot)
const [name, ...rest] = process.argv.slice(2)
// Benchmarks are the files right under bench/; what they share lies in folders.
const names = readdirSync(join(projectRoot, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))

if (!name || !names.includes(name)) {
  if (name) console.error(`There is no benchmark "${name}".`)
  console.log(
    `npm run bench -- NAME, where NAME is one of:\n${names.map((each) => `  ${each}`).join('\n') || '  (none yet)'}`,
  )
  process.exit(name ? 1 : 0)
}
await installIfStale()
await runProgram(`bench/${name}.ts`, rest)
