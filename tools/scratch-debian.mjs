// An empty Debian 12 that boots by itself beside this machine: own files, own processes, own systemd, own network.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from './run-command.mjs'

/**
 * @typedef {{ internet?: boolean }} RunOptions `internet`: through this machine's network
 * @typedef {{ code: number, output: string }} Ran
 * @typedef {(script: string, options?: RunOptions) => Promise<Ran>} Run
 * @typedef {{ root: string, run: Run, close(): Promise<void>, cut(): Promise<unknown> }} ScratchDebian
 *   `cut`: as a power cut does it
 */

const PROGRAMS = ['mmdebstrap', 'systemd-nspawn', 'nsenter', 'setpriv']
const PACKAGES = ['mmdebstrap', 'systemd-container']
/** What an installation of Debian without any choice has, as far as it matters here. */
const INCLUDED = 'systemd,systemd-sysv,dbus,apt,ca-certificates,iproute2,adduser,procps'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const BOOT_MS = 60_000
const CLOSE_MS = 20_000
const SCRIPT_MS = 900_000
const HOME = /^moinha-debian-(\d+)-/
const DAY_MS = 86_400_000

/** Why this machine cannot boot one, in words; nothing when it can. Installs the two programs where it may. */
export function whyNoScratchDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  if (!existsSync('/etc/debian_version')) return 'needs a Debian machine'
  if (!PROGRAMS.every(isHere)) {
    run('apt-get', ['update', '-q'])
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES], {
      DEBIAN_FRONTEND: 'noninteractive',
    })
  }
  const missing = PROGRAMS.find((program) => !isHere(program))
  return missing && `${missing} could not be installed`
}

/** @param {string} program */
const isHere = (program) => spawnSync('which', [program], { stdio: 'ignore' }).status === 0

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(command, args, env = {}) {
  return spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env } })
}

/**
 * Boots it. `run(script)` runs a script as root and answers `{ code, output }`; with `internet`, through this machine's
 * network. It ends with this process, however that ends.
 * @param {object} options
 * @param {string} options.cacheDir where the unpacked-once archive of an empty Debian is kept for a day
 * @param {readonly string[]} [options.packages] what is in it besides
 * @param {readonly string[]} [options.folders] of this machine, to be read there: `here:there`
 * @returns {Promise<ScratchDebian>}
 */
export async function bootScratchDebian({ cacheDir, packages = [], folders = [] }) {
  const archive = makeArchive(cacheDir, packages)
  const home = makeHome()
  const root = join(home, 'root')
  mkdirSync(root)
  const nspawn = startIn(root, archive, folders)
  let words = ''
  nspawn.stderr.on('data', (chunk) => (words += chunk))
  const gone = new Promise((resolve) => nspawn.once('exit', resolve))
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const inside = new Set()
  const close = async () => {
    nspawn.kill('SIGTERM')
    if ((await Promise.race([gone, sleep(CLOSE_MS, 'late', { ref: false })])) === 'late') nspawn.kill('SIGKILL')
    await gone
    // one that waited for what was in there may stay stopped
    for (const child of inside) child.kill('SIGKILL')
    await runCommand('rm', ['-rf', home])
  }
  /** @type {Promise<void> | undefined} */
  let closing
  /** @type {ScratchDebian} */
  const debian = {
    root,
    run: (script, options) => runInside({ pid: firstChild(nspawn.pid), inside }, script, options),
    close: () => (closing ??= close()),
    cut: () => {
      process.kill(firstChild(nspawn.pid), 'SIGKILL')
      return gone
    },
  }
  if (await isBooted(debian, nspawn)) return debian
  await debian.close()
  throw new Error(`it does not boot here: ${words.trim().split('\n').at(-1)}`)
}

/** Named after this process, so that the next one can clear what was left by one that was killed. */
function makeHome() {
  const base = process.env.SCRATCH_DIR ?? tmpdir()
  for (const name of readdirSync(base)) {
    const maker = HOME.exec(name)?.[1]
    if (maker && !existsSync(`/proc/${maker}`)) rmSync(join(base, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(base, `moinha-debian-${process.pid}-`))
}

let machines = 0

/**
 * @param {string} root
 * @param {string} archive
 * @param {readonly string[]} folders
 */
function startIn(root, archive, folders) {
  must(run('tar', ['-C', root, '-xf', archive]))
  prepare(root)
  const options = '--register=no --keep-unit --private-network --console=pipe --boot'.split(' ')
  const binds = folders.map((pair) => `--bind-ro=${pair}`)
  const machine = [`--machine=moinha-try-${process.pid}-${(machines += 1)}`, '-D', root]
  // asked to end by the kernel when we are gone
  return spawn('setpriv', ['--pdeathsig', 'TERM', 'systemd-nspawn', ...options, ...binds, ...machine], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
}

/**
 * @param {string} cacheDir
 * @param {readonly string[]} packages
 */
function makeArchive(cacheDir, packages) {
  const content = [INCLUDED, ...packages].join(',')
  const archive = join(cacheDir, `debian-12-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.tar`)
  if (existsSync(archive) && Date.now() - statSync(archive).mtimeMs < DAY_MS) return archive
  mkdirSync(cacheDir, { recursive: true })
  const unfinished = join(cacheDir, 'unfinished.tar')
  const suites = [
    'deb http://deb.debian.org/debian bookworm main',
    'deb http://deb.debian.org/debian bookworm-updates main',
    'deb http://deb.debian.org/debian-security bookworm-security main',
  ]
  must(run('mmdebstrap', ['--variant=minbase', `--include=${content}`, 'bookworm', unfinished, ...suites]))
  must(run('mv', [unfinished, archive]))
  return archive
}

/**
 * Name service and whatever certificates this machine trusts: it may stand behind a proxy that signs by its own.
 * @param {string} root
 */
function prepare(root) {
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'))
  if (existsSync(CERTIFICATES)) copyFileSync(CERTIFICATES, join(root, 'etc/ssl/certs/outside.crt'))
}

/** @param {import('node:child_process').SpawnSyncReturns<string>} done */
function must({ status, stderr, error }) {
  if (status !== 0)
    throw new Error(
      String(error ?? stderr)
        .trim()
        .split('\n')
        .slice(-3)
        .join(' '),
    )
}

/** @param {number | undefined} pid */
function firstChild(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

/**
 * @param {ScratchDebian} debian
 * @param {import('node:child_process').ChildProcess} nspawn
 */
async function isBooted(debian, nspawn) {
  for (let waitedMs = 0; waitedMs < BOOT_MS; waitedMs += 250) {
    if (nspawn.exitCode !== null) return false
    const { output } = await debian.run('systemctl is-system-running')
    if (/^(running|degraded)/m.test(output)) return true
    await sleep(250)
  }
  return false
}

/**
 * @param {{ pid: number, inside: Set<import('node:child_process').ChildProcess> }} place
 * @param {string} script
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
function runInside({ pid, inside }, script, { internet = false } = {}) {
  if (!pid) return Promise.resolve({ code: 1, output: 'it ended' })
  const outside = ['NODE_EXTRA_CA_CERTS', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'].map(
    (name) => `${name}=/etc/ssl/certs/outside.crt`,
  )
  const env = [
    'HOME=/root',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'LANG=C.UTF-8',
    'TERM=dumb',
  ]
  const network = internet ? [] : ['--net']
  const place = [
    '--target',
    String(pid),
    '--mount',
    '--uts',
    '--ipc',
    '--pid',
    ...network,
    `--root=/proc/${pid}/root`,
    '--wdns=/',
  ]
  const shell = ['env', '-i', ...env, ...(internet ? outside : []), 'bash', '-euo', 'pipefail', '-c', script]
  return new Promise((resolve) => {
    const child = spawn('nsenter', [...place, '--', ...shell], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: SCRIPT_MS,
      killSignal: 'SIGKILL',
    })
    inside.add(child)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => {
      inside.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })
}
