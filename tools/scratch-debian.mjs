// An empty Debian 12 that boots by itself beside this machine: own files, own processes, own systemd, own network.
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @typedef {{ internet?: boolean }} RunOptions `internet`: through this machine's network
 * @typedef {{ code: number, output: string }} Ran
 * @typedef {(script: string, options?: RunOptions) => Promise<Ran>} Run
 * @typedef {{ root: string, run: Run, close(): Promise<void> }} ScratchDebian
 */

const PROGRAMS = ['mmdebstrap', 'systemd-nspawn', 'nsenter']
const PACKAGES = ['mmdebstrap', 'systemd-container']
/** What an installation of Debian without any choice has, as far as it matters here. */
const INCLUDED = 'systemd,systemd-sysv,dbus,apt,ca-certificates,iproute2,adduser,procps'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const BOOT_MS = 60_000
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
 * network.
 * @param {string} cacheDir where the unpacked-once archive of an empty Debian is kept for a day
 * @returns {Promise<ScratchDebian>}
 */
export async function bootScratchDebian(cacheDir) {
  const archive = makeArchive(cacheDir)
  const home = mkdtempSync(join(process.env.SCRATCH_DIR ?? tmpdir(), 'moinha-debian-'))
  const root = join(home, 'root')
  mkdirSync(root)
  must(run('tar', ['-C', root, '-xf', archive]))
  prepare(root)
  const name = `moinha-try-${process.pid}`
  const nspawn = spawn(
    'systemd-nspawn',
    [
      ...'--register=no --keep-unit --private-network --console=pipe --boot'.split(' '),
      `--machine=${name}`,
      '-D',
      root,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  let words = ''
  nspawn.stderr.on('data', (chunk) => (words += chunk))
  const gone = new Promise((resolve) => nspawn.once('exit', resolve))
  /** @type {ScratchDebian} */
  const debian = {
    root,
    run: (script, options) => runInside(firstChild(nspawn.pid), script, options),
    async close() {
      nspawn.kill('SIGTERM')
      if ((await Promise.race([gone, sleep(20_000, 'late')])) === 'late') nspawn.kill('SIGKILL')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
  if (await isBooted(debian, nspawn)) return debian
  await debian.close()
  throw new Error(`it does not boot here: ${words.trim().split('\n').at(-1)}`)
}

/** @param {string} cacheDir */
function makeArchive(cacheDir) {
  const archive = join(cacheDir, 'debian-12.tar')
  if (existsSync(archive) && Date.now() - statSync(archive).mtimeMs < DAY_MS) return archive
  mkdirSync(cacheDir, { recursive: true })
  const unfinished = join(cacheDir, 'unfinished.tar')
  const suites = [
    'deb http://deb.debian.org/debian bookworm main',
    'deb http://deb.debian.org/debian bookworm-updates main',
    'deb http://deb.debian.org/debian-security bookworm-security main',
  ]
  must(run('mmdebstrap', ['--variant=minbase', `--include=${INCLUDED}`, 'bookworm', unfinished, ...suites]))
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
 * @param {number} pid
 * @param {string} script
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
function runInside(pid, script, { internet = false } = {}) {
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
    const child = spawn('nsenter', [...place, '--', ...shell], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
