// What must hold on the installed province: served through TLS, backed up, restored to a moment, and plain words for
// what goes wrong.

/** @typedef {import('../scratch-debian.mjs').ScratchDebian} ScratchDebian */

/** @type {{ name: string, run(debian: ScratchDebian): Promise<string | void> }[]} */
export const afterInstallation = [
  { name: 'health and the sign-in page through TLS', run: healthThroughTls },
  { name: 'an administrator made twice is refused in one line', run: administratorTwice },
  { name: 'the firewall lets nothing else in', run: firewall },
  { name: 'a certificate that is missing is said, and the old one goes on', run: certificateMissing },
  { name: 'restored to a moment: nothing before it is missing, nothing after it is there', run: restoreToMoment },
  { name: 'with the newest backup cut short the one before is used', run: newestCutShort },
  { name: 'with every backup cut short nothing is touched', run: allCutShort },
]

/**
 * @param {ScratchDebian} debian
 * @param {string} script
 * @param {import('../scratch-debian.mjs').RunOptions} [options]
 */
async function ok(debian, script, options) {
  const { code, output } = await debian.run(script, options)
  if (code !== 0) throw new Error(`ended with ${code}: ${script}\n${output.split('\n').slice(-40).join('\n')}`)
  return output.trim()
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

/** Caddy's own authority, as the trial has no public one. */
const trusted = '--cacert /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt'
const deploy = '/opt/moinha/deploy'
const backups = '/var/backups/moinha/database/backup/moinha'
/** @param {string} text */
const sql = (text) => `runuser -u postgres -- psql -d moinha -Atqc "${text}"`

/** @param {ScratchDebian} debian */
async function healthThroughTls(debian) {
  const health = JSON.parse(await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/health`))
  must(health.status === 'ok' && !health.demo, JSON.stringify(health))
  const html = await ok(debian, `curl -sS --fail ${trusted} https://moinha.test/work`)
  must(html.includes('<html'), html.slice(0, 400))
}

/** @param {ScratchDebian} debian */
async function administratorTwice(debian) {
  const again = `${deploy}/run.sh admin create --name 'Nguyễn Thị An' --username an.nguyen --unit 'Sở Y tế tỉnh'`
  const { code, output } = await debian.run(again)
  must(code === 1 && output.trim().split('\n').length === 1, `ended with ${code}:\n${output}`)
  return output.trim()
}

/** @param {ScratchDebian} debian */
async function firewall(debian) {
  const rules = await ok(debian, 'nft list ruleset')
  must(rules.includes('policy drop') && !rules.includes('3000') && !rules.includes('5432'), rules)
}

/** @param {ScratchDebian} debian */
async function certificateMissing(debian) {
  const files = `TLS='/etc/ssl/none.pem /etc/ssl/none.key'`
  await ok(debian, `cp /etc/moinha/site /root/site; sed -i "s|^TLS=.*|${files}|" /etc/moinha/site`)
  const { code, output } = await debian.run(`${deploy}/check.sh`)
  await ok(debian, 'cp /root/site /etc/moinha/site')
  must(code === 1 && output.includes('Chứng chỉ thiếu tệp /etc/ssl/none.pem'), `ended with ${code}:\n${output}`)
  await ok(debian, `curl -sS --fail -o /dev/null ${trusted} https://moinha.test/health`)
}

/**
 * Rows are written all the while, each with its time; the moment lies between two of them, past the newest backup.
 * @param {ScratchDebian} debian
 */
async function writeAround(debian) {
  await ok(
    debian,
    sql('create table if not exists public.mark (n bigserial, at timestamptz default clock_timestamp())'),
  )
  const row = sql('insert into public.mark default values')
  await ok(debian, `for i in $(seq 10); do ${row}; done`)
  await ok(debian, `${deploy}/backup.sh database`)
  await ok(debian, `for i in $(seq 10); do ${row}; done; sleep 1.1`)
  const moment = await ok(debian, `TZ=Asia/Ho_Chi_Minh date '+%F %T'; sleep 1.1`)
  const before = await ok(debian, sql('select count(*) from public.mark'))
  await ok(debian, `for i in $(seq 10); do ${row}; done`)
  // the access log goes on too: what is sealed now is lost on purpose
  await ok(debian, `${deploy}/run.sh admin link --username an.nguyen > /dev/null`)
  return { moment, before }
}

/**
 * @param {ScratchDebian} debian
 * @param {{ moment: string, before: string }} written
 */
async function expectRestored(debian, { moment, before }) {
  const rows = await ok(debian, sql('select count(*) from public.mark'))
  must(rows === before, `${rows} rows after the restore to ${moment}, ${before} were committed before`)
  await ok(
    debian,
    'curl -sS --fail --retry 30 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:3000/health',
  )
  const verdict = await ok(debian, `${deploy}/run.sh audit verify`)
  must(/^ok: /m.test(verdict), verdict)
  return `${rows} rows; ${verdict.split('\n').at(-1)}`
}

/** @param {ScratchDebian} debian */
async function restoreToMoment(debian) {
  const written = await writeAround(debian)
  // a minute until it is sealed and signed
  await ok(debian, 'echo kept > /var/lib/moinha/file; sleep 61')
  await ok(debian, `${deploy}/backup.sh files; rm /var/lib/moinha/file`)
  await ok(debian, 'systemctl stop moinha postgresql@15-main; rm -rf /var/lib/postgresql/15/main')
  await ok(debian, `${deploy}/restore.sh '${written.moment}'`)
  must((await ok(debian, 'cat /var/lib/moinha/file')) === 'kept', 'the file did not come back')
  return expectRestored(debian, written)
}

/** @param {ScratchDebian} debian */
async function newestCutShort(debian) {
  const written = await writeAround(debian)
  await ok(
    debian,
    `truncate -s 4000 $(find $(ls -d ${backups}/2* | tail -1) -type f -name '*.zst' -size +8k | head -1)`,
  )
  const found = await debian.run(`${deploy}/backup.sh database`)
  must(found.code === 1 && found.output.includes('Sao lưu hỏng'), `not noticed:\n${found.output}`)
  // what was just made is whole and newer than the moment
  const said = await ok(debian, `${deploy}/restore.sh '${written.moment}' 2>&1`)
  must(said.includes('thử bản trước'), said)
  return expectRestored(debian, written)
}

/** @param {ScratchDebian} debian */
async function allCutShort(debian) {
  const moment = await ok(debian, `TZ=Asia/Ho_Chi_Minh date '+%F %T'`)
  const before = await ok(debian, sql('select count(*) from public.mark'))
  await ok(debian, `find ${backups} -type f -name '*.zst' -size +8k -exec truncate -s 4000 {} +`)
  const { code, output } = await debian.run(`${deploy}/restore.sh '${moment}'`)
  must(code === 1 && output.includes('chưa thay đổi gì'), `ended with ${code}:\n${output}`)
  must((await ok(debian, sql('select count(*) from public.mark'))) === before, 'something was changed')
  await ok(debian, 'systemctl is-active moinha postgresql@15-main')
}
