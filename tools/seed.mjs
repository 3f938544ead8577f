// npm run seed -- SET: loads a data set into the database of this installation (the server must be stopped, or
// DATABASE_URL given).
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { runProgram } from './run-program.mjs'
import { dataDir } from './start-afresh.mjs'

process.chdir(projectRoot)
await installIfStale()
// Without a set the program lists them.
await runProgram('apps/server/src/seed.ts', process.argv.slice(2), { DATA_DIR: dataDir })
