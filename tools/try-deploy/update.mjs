// Updates: to a version with new tables, and back by itself from one that cannot be built or does not run.
import { wayOut } from './internet.mjs'
import { givePresent } from './source.mjs'
import { allWell, deploy, healthy, must, ok, refused, sql } from './asking.mjs'

/**
 * @typedef {import('./asking.mjs').Trial} Trial
 * @typedef {import('./asking.mjs').Machine} Machine
 */

/** Sysexits' EX_TEMPFAIL, as what could not be fetched may be there later. */
const TRY_AGAIN = 75
const migrations = 'apps/server/src/platform/db/migrations'
const version = 'git -c safe.directory=* -C /opt/moinha rev-parse --short HEAD'
const tables = sql("select count(*) from pg_tables where tablename like 'trial%'")

/**
 * A commit more in the place the page clones from.
 * @param {Machine} debian
 * @param {string} name
 * @param {string} change
 */
function publish(debian, name, change) {
  return ok(
    debian,
    `cd /srv/tree && git reset -q --hard last-good 2> /dev/null || git tag last-good
    ${change}
    git add -A && git -c user.name=try -c user.email=try@moinha.test commit -qm '${name}'
    git push -qf /srv/moinha.git HEAD:main; git rev-parse --short HEAD`,
  )
}

/** @param {string} name */
const newTable = (name) =>
  `echo 'create table platform.trial_${name} ();' > ${migrations}/20991231T2359_trial_${name}.sql`

/** @param {Trial} trial */
async function update(trial) {
  const { debian } = trial
  const before = await ok(debian, sql('select count(*) from identity.person'))
  const wanted = await publish(debian, 'a new table', newTable('kept'))
  const words = await ok(debian, `${await wayOut(trial)}${deploy}/update.sh 2>&1`)
  must((await ok(debian, version)) === wanted && (await ok(debian, tables)) === '1', words)
  must((await ok(debian, sql('select count(*) from identity.person'))) === before, 'people are missing')
  await ok(debian, 'git -C /srv/tree tag -f last-good')
  await allWell(debian)
  return words.split('\n').at(-1)
}

/** @param {Trial} trial */
async function notBuilt({ debian }) {
  const was = await ok(debian, version)
  await publish(debian, 'cannot be built', 'echo { > package.json')
  const words = await refused(debian, `${deploy}/update.sh`, 'chưa thay đổi gì', TRY_AGAIN)
  await expectAsBefore(debian, was)
  return words.split('\n').at(-1)
}

/**
 * It brings tables up and ends: code and tables go back, and nothing that people wrote is missing.
 * @param {Trial} trial
 */
async function notRunning(trial) {
  const { debian } = trial
  const was = await ok(debian, version)
  const people = await ok(debian, sql('select count(*) from identity.person'))
  await publish(
    debian,
    'does not run',
    `${newTable('lost')}; sed -i "s|await app.start()|throw new StartRefused('không chạy · does not run')|" apps/server/src/main.ts
    git diff --quiet HEAD -- apps/server/src/main.ts && exit 1 || true`,
  )
  const words = await refused(debian, `${await wayOut(trial)}${deploy}/update.sh`, 'Đã lùi về')
  await expectAsBefore(debian, was)
  must((await ok(debian, sql('select count(*) from identity.person'))) === people, 'people are missing')
  await ok(debian, 'git -C /srv/tree push -qf /srv/moinha.git last-good^{}:refs/heads/main')
  return words.split('\n').at(-1)
}

/**
 * @param {Machine} debian
 * @param {string} was
 */
async function expectAsBefore(debian, was) {
  must((await ok(debian, version)) === was, 'another version runs')
  must((await ok(debian, tables)) === '1', 'the tables are not as before')
  await healthy(debian)
}

/** @param {Trial} trial */
async function noSuchVersion({ debian }) {
  const words = await refused(debian, `${deploy}/update.sh v99`, 'không có bản v99', 78)
  must(words.split('\n').length === 1, words)
  return words
}

export const updateSteps = [
  { name: 'a version that is not there is refused in one line', run: noSuchVersion },
  { name: 'an update brings the tables up and keeps the data', run: update },
  { name: 'a version that cannot be built changes nothing', run: notBuilt },
  { name: 'a version that does not run goes back, tables too', run: notRunning },
]

/** @param {Trial} trial */
async function earlierToPresent(trial) {
  const { debian } = trial
  const rows = (/** @type {string} */ table) => ok(debian, sql(`select count(*) from ${table}`))
  const before = await Promise.all(['identity.person', 'audit.entry'].map(rows))
  await givePresent(debian)
  const words = await ok(debian, `${await wayOut(trial)}${deploy}/update.sh 2>&1`)
  const after = await Promise.all(['identity.person', 'audit.entry'].map(rows))
  must(Number(after[0]) === Number(before[0]) && Number(after[1]) >= Number(before[1]), `${before} became ${after}`)
  await healthy(debian)
  return `${words.split('\n').at(-1)}; ${before[0]} people, ${after[1]} lines of the access log`
}

export const fromEarlier = { name: 'an earlier version is brought to the present one', run: earlierToPresent }
