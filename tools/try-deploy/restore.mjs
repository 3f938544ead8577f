// Backups: restored to a moment with nothing missing, also when some are damaged, and on another machine.
import { allWell, deploy, healthy, must, ok, refused, sql } from './asking.mjs'

/**
 * @typedef {import('./asking.mjs').Trial} Trial
 * @typedef {import('./asking.mjs').Machine} Machine
 */

const backups = '/var/backups/moinha/database/backup/moinha'
const now = `TZ=Asia/Ho_Chi_Minh date '+%F %T'`
const row = sql('insert into public.mark default values')
const rows = sql('select count(*) from public.mark')

/**
 * Rows are written all the while, each with its time; the moment lies between two of them, past the newest backup.
 * @param {Machine} debian
 */
async function writeAround(debian) {
  await ok(
    debian,
    sql('create table if not exists public.mark (n bigserial, at timestamptz default clock_timestamp())'),
  )
  await ok(debian, `for i in $(seq 10); do ${row}; done`)
  await ok(debian, `${deploy}/backup.sh database`)
  await ok(debian, `for i in $(seq 10); do ${row}; done; sleep 1.1`)
  const moment = await ok(debian, `${now}; sleep 1.1`)
  const before = await ok(debian, rows)
  await ok(debian, `for i in $(seq 10); do ${row}; done`)
  // the access log goes on too: what is sealed now is lost on purpose
  await ok(debian, `${deploy}/run.sh admin link --username an.nguyen > /dev/null`)
  return { moment, before }
}

/**
 * @param {Machine} debian
 * @param {string} before
 */
async function expectRows(debian, before) {
  const found = await ok(debian, rows)
  must(found === before, `${found} rows after the restore, ${before} were committed before`)
  await healthy(debian)
  const verdict = await ok(debian, `${deploy}/run.sh audit verify`)
  must(/^ok: /m.test(verdict), verdict)
  return `${found} rows; ${verdict.split('\n').at(-1)}`
}

/** The disk of the database is lost. @param {Trial} trial */
async function restoreToMoment({ debian, short }) {
  const { moment, before } = await writeAround(debian)
  // a minute until it is sealed and signed
  if (!short) await ok(debian, 'sleep 61')
  await ok(debian, `echo kept > /var/lib/moinha/file; ${deploy}/backup.sh files; rm /var/lib/moinha/file`)
  await ok(debian, 'systemctl stop moinha postgresql@15-main; rm -rf /var/lib/postgresql/15/main')
  await ok(debian, `${deploy}/restore.sh '${moment}'`)
  must((await ok(debian, 'cat /var/lib/moinha/file')) === 'kept', 'the file did not come back')
  return expectRows(debian, before)
}

/** Nothing was written since: there is no later transaction to stop at. @param {Trial} trial */
async function restoreToQuietMoment({ debian }) {
  await ok(debian, 'systemctl stop moinha')
  await ok(debian, `for i in $(seq 10); do ${row}; done; sleep 1.1`)
  const before = await ok(debian, rows)
  await ok(debian, `${deploy}/restore.sh "$(${now})"`)
  return expectRows(debian, before)
}

/** @param {Trial} trial */
async function newestCutShort({ debian }) {
  const { moment, before } = await writeAround(debian)
  await ok(
    debian,
    `cut=$(find $(ls -d ${backups}/2* | tail -1) -type f -name '*.zst' -size +8k | head -1)
    echo $cut > /root/cut; cp -p $cut /root/cut.whole; truncate -s 4000 $cut`,
  )
  await refused(debian, `${deploy}/backup.sh database`, 'Sao lưu hỏng')
  // what was just made is whole and newer than the moment
  const said = await ok(debian, `${deploy}/restore.sh '${moment}' 2>&1`)
  must(said.includes('thử bản trước'), said)
  await ok(debian, 'mv /root/cut.whole $(cat /root/cut)')
  return expectRows(debian, before)
}

/** @param {Trial} trial */
async function refusedInOneLine({ debian }) {
  for (const [given, said, code] of [
    ["'hôm qua lúc bảy giờ'", 'không hiểu thời điểm', 78],
    ["'2999-01-01 00:00:00'", 'thời điểm chưa tới', 78],
    ["'2020-01-01 00:00:00'", 'không có bản sao lưu nào trước thời điểm đó', 1],
    ['', 'latest', 2],
  ]) {
    const words = await refused(debian, `${deploy}/restore.sh ${given}`, String(said), Number(code))
    must(words.split('\n').length === 1, words)
  }
  await ok(debian, 'systemctl is-active moinha postgresql@15-main')
}

/** @param {Trial} trial */
async function allCutShort({ debian }) {
  const before = await ok(debian, rows)
  await ok(debian, `cp -a /var/backups/moinha/database /root/whole`)
  await ok(debian, `find ${backups} -type f -name '*.zst' -size +8k -exec truncate -s 4000 {} +`)
  const words = await refused(debian, `${deploy}/restore.sh "$(${now})"`, 'chưa thay đổi gì')
  must((await ok(debian, rows)) === before, 'something was changed')
  await ok(debian, 'systemctl is-active moinha postgresql@15-main')
  // whole again
  await ok(debian, 'rm -rf /var/backups/moinha/database; mv /root/whole /var/backups/moinha/database')
  await ok(debian, `${deploy}/backup.sh database`)
  return words.split('\n').at(-1)
}

/** The machine burns; the disk of the backups and the paper with the key are what is left. @param {Trial} trial */
async function onAnotherMachine({ debian, bootAnother, runBlocks }) {
  await ok(debian, `for i in $(seq 10); do ${row}; done`)
  await ok(debian, `${deploy}/backup.sh files; ${sql('select pg_switch_wal()')} > /dev/null; sleep 3`)
  const before = await ok(debian, rows)
  await debian.cut()
  const another = await bootAnother()
  await runBlocks(['settings', 'internet', 'source'], another)
  await ok(
    another,
    `mkdir -p /var/backups; cp -a /srv/burnt/var/backups/moinha /var/backups/; cp /srv/burnt/etc/moinha/backup-key.files /etc/moinha/`,
  )
  await runBlocks(['another-machine'], another)
  const found = await expectRows(another, before)
  await runBlocks(['backup-timers', 'https', 'first-backup'], another)
  await allWell(another)
  return found
}

export const restoreSteps = [
  { name: 'restored to a moment: nothing before it is missing, nothing after it is there', run: restoreToMoment },
  { name: 'restored to a moment after which nobody wrote', run: restoreToQuietMoment, long: true },
  { name: 'a moment that cannot be is refused in one line', run: refusedInOneLine },
  { name: 'with the newest backup cut short the one before is used', run: newestCutShort, long: true },
  { name: 'with every backup cut short nothing is touched', run: allCutShort },
]

export const lastSteps = [{ name: 'the machine burnt: all of it comes back on another', run: onAnotherMachine }]
