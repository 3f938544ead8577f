import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { keyIdOf } from '../apps/server/src/modules/audit/domain/signed-head.ts'
import { sealChains } from '../apps/server/src/modules/audit/actions/seal-chains.ts'
import { readOutside } from '../apps/server/src/modules/audit/actions/read-outside.ts'
import { verifyChains } from '../apps/server/src/modules/audit/actions/verify-chains.ts'
import { openHeadLog } from '../apps/server/src/modules/audit/ports/head-log.ts'
import { chainSource } from '../apps/server/src/modules/audit/store/chain-rows.ts'
import { openThrowAwayApp } from './harness/throw-away-app.ts'

/**
 * How fast the access log is sealed and verified, against the sealer from before (a loop over rows, 5,000 a call and
 * one call a minute), on rows of sixteen units with the columns filled as real ones are.
 */
const rows = 200_000
const oldRows = 20_000

const fill = (count: number) => `
  insert into audit.entry (request_id, actor_kind, actor_id, facility_id, actor_facility_id, action, subject,
    subject_id, patient_id, detail)
  select gen_random_uuid()::text, 'staff', gen_random_uuid(), f.id, f.id, 'records.readPatient', 'patient',
    gen_random_uuid(), gen_random_uuid(), '{"through": ["registered"]}'
  from generate_series(1, ${count}) n join (select id, row_number() over (order by key) - 1 as k
    from facilities.facility where type = 'commune_station') f on f.k = n % 16`

const app = await openThrowAwayApp()
const owner = new pg.Client({ connectionString: app.ownerUrl })
const perSecond = (count: number, began: number): string =>
  `${Math.round(count / ((performance.now() - began) / 1000)).toLocaleString('en')} rows/s`
try {
  await owner.connect()
  await owner.query(fill(oldRows))
  await owner.query('alter table audit.entry disable trigger user')
  let began = performance.now()
  for (let call = 0; call < oldRows / 5000; call += 1) await owner.query('select audit.seal_pending(5000)')
  console.log(`before, while it runs      ${perSecond(oldRows, began)}; called once a minute: 83 rows/s`)
  await owner.query('alter table audit.entry enable trigger user')

  const { privateKey } = generateKeyPairSync('ed25519')
  const log = openHeadLog(mkdtempSync(join(tmpdir(), 'moinha-heads-')))
  const sealer = { transact: app.platform.transact, key: privateKey, log, now: () => new Date() }
  await sealChains(sealer)
  await owner.query(fill(rows))
  began = performance.now()
  const sealed = await sealChains(sealer)
  console.log(`chains, ${sealed} rows   ${perSecond(sealed, began)}, until nothing is left`)

  const outside = await readOutside(log, new Map([[keyIdOf(privateKey), createPublicKey(privateKey)]]))
  began = performance.now()
  const verdict = await verifyChains(
    chainSource(async (text, values) => (await owner.query(text, [...values])).rows as unknown[]),
    async () => outside,
  )
  console.log(
    `verified, ${verdict.rows} rows ${perSecond(verdict.rows, began)}, ${verdict.reached.length} chains, ${verdict.broken.length} broken`,
  )
} finally {
  await owner.end()
  await app.stop()
}
