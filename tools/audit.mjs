// npm run audit -- verify: does the access log still say what it said? Works while the server runs and while it is
// stopped.
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { runProgram } from './run-program.mjs'
import { dataDir } from './start-afresh.mjs'

process.chdir(projectRoot)
await installIfStale()
// Without a command the program lists them.
await runProgram('apps/server/src/audit.ts', process.argv.slice(2), { DATA_DIR: dataDir })
