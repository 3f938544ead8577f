import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { execFileSync } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartRefused } from '../../platform/errors/start-refused.ts'
import { giveTo, runAs } from './account.ts'
import type { Account, Binaries } from './account.ts'

export const OWNER_ROLE = 'moinha_owner'
export const DATABASE = 'moinha'

const POLL_MS = 25

/**
 * Makes a cluster with our database in it. Made aside and moved into place when whole, so that a power cut leaves no
 * half of one.
 */
export function createCluster(account: Account, binaries: Binaries, dataDir: string, password: string): void {
  const parent = dirname(dataDir)
  const prefix = `${basename(dataDir)}.unfinished-`
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix)))
    rmSync(join(parent, name), { recursive: true, force: true })
  const unfinished = join(parent, prefix + randomBytes(4).toString('hex'))
  mkdirSync(unfinished)
  giveTo(account, unfinished, 0o700)
  const passwordFile = join(unfinished, '..', `${basename(unfinished)}.password`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(account, passwordFile, 0o600)
  try {
    runAs(account, binaries.initdb, [
      `--pgdata=${unfinished}`,
      `--username=${OWNER_ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--no-sync',
      '--no-instructions',
      // Vietnamese order wherever nobody asks for another; production is created the same way (deploy/README).
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=vi-VN',
    ])
    runSingle(account, binaries, unfinished, `create database ${DATABASE}`)
    renameSync(unfinished, dataDir)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** For a cluster whose password file was lost. */
export function replacePassword(account: Account, binaries: Binaries, dataDir: string, password: string): void {
  runSingle(account, binaries, dataDir, `alter role ${OWNER_ROLE} password '${password}'`)
}

function runSingle(account: Account, binaries: Binaries, dataDir: string, statement: string): void {
  runAs(account, binaries.postgres, ['--single', '-D', dataDir, 'postgres'], `${statement}\n`)
}

/** Refuses data of another PostgreSQL major version in words, before PostgreSQL does in its own. */
export function checkVersion(account: Account, binaries: Binaries, dataDir: string): void {
  const made = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  const ours = /(\d+)/.exec(runAs(account, binaries.postgres, ['--version']))?.[1]
  if (made === ours) return
  throw new StartRefused(
    `Dữ liệu ở ${dataDir} là của PostgreSQL ${made}, bản này là ${ours}: xuất bằng bản cũ, hoặc làm lại từ đầu (npm start -- --fresh) · ` +
      `the data in ${dataDir} is of PostgreSQL ${made}, this is ${ours}: dump it with the old one, or begin anew (npm start -- --fresh)`,
  )
}

/** What a running or dead PostgreSQL wrote about itself. */
export function readPidFile(dataDir: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/**
 * Clears what a dead server left: waits for a PostgreSQL that its guard is just stopping, stops one whose guard was
 * killed too, and removes a postmaster.pid whose number now belongs to another program (after a power cut PostgreSQL
 * itself would refuse to start over it).
 */
export async function clearLeftovers(dataDir: string): Promise<void> {
  const left = readPidFile(dataDir)
  if (!left) return
  for (let attempt = 0; isPostgresOn(dataDir, left.pid); attempt++) {
    if (attempt * POLL_MS > 20_000)
      throw new StartRefused(
        `PostgreSQL cũ (tiến trình ${left.pid}) vẫn giữ ${dataDir} · an old PostgreSQL (process ${left.pid}) still holds ${dataDir}`,
      )
    // A guard has already asked; one whose guard is gone has not been asked yet. Asking twice does no harm.
    if (attempt === 0) process.kill(left.pid, 'SIGINT')
    await sleep(POLL_MS)
  }
  rmSync(join(dataDir, 'postmaster.pid'), { force: true })
}

function isPostgresOn(dataDir: string, pid: number): boolean {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(`-D ${dataDir} `)
  } catch {
    return false
  }
}

/** The remembered port when it is still free, else any free one. */
export async function choosePort(remembered: number): Promise<number> {
  return (await freePort(remembered)) ?? (await freePort(0)) ?? remembered
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
