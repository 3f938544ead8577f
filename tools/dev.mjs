// npm run dev: the server restarts when its sources change, the pages are rebuilt when theirs do; both ends with
// Ctrl-C.
import { host, port, whyAddressIsTaken } from './address.mjs'
import { whenAskedToEnd } from './ending.mjs'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { endRunningCommands, runCommand } from './run-command.mjs'
import { serverFile, startProgram } from './server-process.mjs'
import { buildWebIfStale } from './build-web.mjs'
import { dataDir } from './start-afresh.mjs'

process.chdir(projectRoot)
const taken = await whyAddressIsTaken()
if (taken) {
  console.error(taken)
  process.exit(1)
}

/** @type {ReturnType<typeof startProgram> | undefined} */
let server
whenAskedToEnd(() => {
  endRunningCommands()
  if (server) server.end()
  else process.exit(130)
})
await installIfStale()
await buildWebIfStale()
for (const entry of ['citizen', 'citizen-server', 'staff'])
  void runCommand('npm', ['run', `build:${entry}`, '--workspace', 'apps/web', '--', '--watch'], { show: true })
const env = { HOST: host, PORT: String(port), DATA_DIR: dataDir, DEMO: process.env.DEMO ?? '1' }
server = startProgram(serverFile, { env, nodeArgs: ['--watch', '--watch-preserve-output'] })
const code = await server.ended
endRunningCommands()
process.exit(code)
