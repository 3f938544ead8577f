import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { projectRoot } from './project-root.mjs'

const VERSION = '1.25.5'
const NAME = `golang.org/toolchain@v0.0.1-go${VERSION}.linux-amd64`
const MODULE_PROXY = (process.env.GOPROXY ?? '').split(/[,|]/).find((entry) => entry.startsWith('http'))
/**
 * Of the archive whose `h1:` is IkknVKy/4hLMR+ZwWfP4Oqhjz2sKqNtEXz1meP8P3Nc= in the checksum database of Go
 * (sum.golang.org/lookup/golang.org/toolchain@v0.0.1-go1.25.5.linux-amd64).
 */
const SHA256 = '8cea6783dab64d68b38f5b81ecd38d45155a3c06638991acc6af19e0fca80edb'

const HOME = join(projectRoot, 'node_modules/.cache/go', VERSION)

/**
 * A Go that can build LiveKit: the machine's own, or the one that the Go module proxy hands out as a module, kept in
 * the project's cache.
 * @returns {Promise<{ go: string, reason?: undefined } | { go?: undefined, reason: string }>}
 */
export async function findOrFetchGo() {
  if (isRecent('go')) return { go: 'go' }
  const kept = join(HOME, 'bin/go')
  if (existsSync(kept)) return { go: kept }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { reason: 'no Go 1.25 on this machine; one is fetched only for Linux on x64' }
  console.log(`No Go 1.25 on this machine; fetching go${VERSION} from the module proxy…`)
  try {
    await unpack(await fetchArchive())
    return { go: kept }
  } catch (error) {
    return { reason: `no Go 1.25 on this machine, and none could be fetched (${String(error)})` }
  }
}

/** @param {string} go */
function isRecent(go) {
  const { status, stdout } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' })
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return status === 0 && (Number(major) > 1 || Number(minor) >= 25)
}

async function fetchArchive() {
  const [module, version] = NAME.split('@')
  const address = `${MODULE_PROXY ?? 'https://proxy.golang.org'}/${module}/@v/${version}.zip`
  const reply = await fetch(address, { signal: AbortSignal.timeout(300_000) })
  if (!reply.ok) throw new Error(`${address} answered ${reply.status}`)
  const archive = Buffer.from(await reply.arrayBuffer())
  const sum = createHash('sha256').update(archive).digest('hex')
  if (sum !== SHA256) throw new Error(`${address} is not the archive that was looked at: ${sum}`)
  return archive
}

/**
 * Archives of modules carry no rights: the programs are made executable afterwards.
 * @param {Buffer} archive
 */
async function unpack(archive) {
  const unfinished = `${HOME}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  // not at the top: this file is read before the packages are installed
  const { fromBufferPromise } = await import('yauzl')
  const zip = await fromBufferPromise(archive)
  for await (const entry of zip.eachEntry()) {
    const target = join(unfinished, entry.fileName.slice(NAME.length + 1))
    mkdirSync(dirname(target), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target))
  }
  for (const folder of ['bin', 'pkg/tool/linux_amd64'])
    for (const program of readdirSync(join(unfinished, folder))) chmodSync(join(unfinished, folder, program), 0o755)
  rmSync(HOME, { recursive: true, force: true })
  renameSync(unfinished, HOME)
}
