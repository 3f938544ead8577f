// npm start [-- --fresh]: from a fresh clone to a served page. Runs on any Node ≥ 20 with nothing installed.
import { host, port, whyAddressIsTaken } from './address.mjs'
import { buildWebIfStale } from './build-web.mjs'
import { whenAskedToEnd } from './ending.mjs'
import { installIfStale } from './install.mjs'
import { keepRunning } from './keep-running.mjs'
import { projectRoot } from './project-root.mjs'
import { endRunningCommands } from './run-command.mjs'
import { serverFile, serverNodeArgs, startProgram } from './server-process.mjs'
import { dataDir, startAfresh } from './start-afresh.mjs'

process.chdir(projectRoot)

const unknown = process.argv.slice(2).filter((word) => word !== '--fresh')
if (unknown.length > 0)
  endWith(`Không hiểu · Not understood: ${unknown.join(' ')}. Chỉ có · There is only: npm start -- --fresh`)

/** @type {ReturnType<typeof startProgram> | undefined} */
let server
let askedToEnd = false
whenAskedToEnd(() => {
  askedToEnd = true
  // between two tries there is nothing to wait for
  if (server?.child.exitCode === null && server.child.signalCode === null) return server.end()
  endRunningCommands()
  process.exit(130)
})

const taken = await whyAddressIsTaken()
if (taken) endWith(taken)
if (process.argv.includes('--fresh')) await startAfresh()
await installIfStale()
const build = await buildWebIfStale()
if (build.code !== 0) endWith('Không dựng được trang web · The pages could not be built; the reason is above.')

const env = { HOST: host, PORT: String(port), DATA_DIR: dataDir, DEMO: demoOrNot() }
const start = () => {
  server = startProgram(serverFile, { env, nodeArgs: serverNodeArgs })
  return server.ended
}
process.exit(await keepRunning(start, { asked: () => askedToEnd }))

/** A demo unless somebody points us to a database or says that this is production: demo rows do not belong there. */
function demoOrNot() {
  if (process.env.DEMO !== undefined) return process.env.DEMO
  return process.env.DATABASE_URL || process.env.NODE_ENV === 'production' ? '0' : '1'
}

/** @param {string} line */
function endWith(line) {
  console.error(line)
  process.exit(1)
}
