import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { projectRoot } from './project-root.mjs'

export const dataDir = process.env.DATA_DIR || join(projectRoot, '.data')

/** Removes all data of this installation and says what it removed. A database given by DATABASE_URL is not touched. */
export async function startAfresh() {
  if (await serverIsUsing(dataDir)) {
    console.error(
      `Máy chủ đang chạy với ${dataDir}; hãy dừng trước · A server is running on ${dataDir}; stop it first.`,
    )
    process.exit(1)
  }
  if (!existsSync(dataDir)) return console.log(`Nothing to remove: ${dataDir} does not exist.`)
  for (const name of readdirSync(dataDir)) {
    const path = join(dataDir, name)
    const elsewhere = lstatSync(path).isSymbolicLink() && existsSync(path) ? realpathSync(path) : undefined
    // As root the database may lie outside (see embedded/postgres/account.ts); only places of that make are
    // followed.
    if (elsewhere && /\/moinha-[0-9a-f]+\/postgres$/.test(elsewhere)) removeAndSay(dirname(elsewhere))
    removeAndSay(path)
  }
  if (process.env.DATABASE_URL) console.log('The database of DATABASE_URL was left as it is.')
}

/** @param {string} path */
function removeAndSay(path) {
  rmSync(path, { recursive: true, force: true })
  console.log(`Removed ${path}`)
}

/**
 * The embedded database holds a socket beside its directory for as long as its server lives.
 * @param {string} directory
 * @returns {Promise<boolean>}
 */
function serverIsUsing(directory) {
  const lock = relative(process.cwd(), join(directory, 'postgres.lock'))
  return new Promise((resolve) => {
    const socket = connect(lock)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
