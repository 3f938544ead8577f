import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { declareRestore, type Declared } from '../actions/declare-restore.ts'
import { openHeadLog } from '../ports/head-log.ts'
import { signingKey, trustedKeys } from '../ports/signing-key.ts'
import { chainSource, signedInside, type RunQuery } from '../store/chain-rows.ts'

let bed: TestBed
beforeEach(async () => {
  bed = await openTestBed({ config: { LOG_LEVEL: 'silent' } })
  await write(3)
})
afterEach(() => bed.close())

const run = (job: string) => bed.platform.jobs.unbound.get(job)?.({})
const heads = () => join(bed.platform.config.DATA_DIR, 'audit-heads')
const query: RunQuery = async (text, values) => (await bed.owner.query(text, [...values])).rows as unknown[]

/** Rows of one chain, sealed and signed. */
async function write(count: number): Promise<void> {
  await bed.owner.query(
    `insert into audit.entry (request_id, actor_kind, action, subject)
    select 'r', 'staff', 'records.readPatient', 'patient' from generate_series(1, $1)`,
    [count],
  )
  await run('audit.seal')
}

/** The access log as it was, put back past every trigger: what a restore to this moment gives. */
async function remember(): Promise<() => Promise<void>> {
  const tables = ['audit.entry', 'audit.chain_head', 'audit.verified']
  for (const table of tables)
    await bed.owner.query(`create table public.${table.replace('.', '_')} as select * from ${table}`)
  return async () => {
    for (const table of tables) {
      await bed.owner.query(`alter table ${table} disable trigger user`)
      await bed.owner.query(`delete from ${table}`)
      await bed.owner.query(
        `insert into ${table} ${table === 'audit.entry' ? 'overriding system value' : ''} select *
          from public.${table.replace('.', '_')}`,
      )
      await bed.owner.query(`alter table ${table} enable trigger user`)
    }
  }
}

async function whys(): Promise<string[]> {
  await run('audit.verifyAll')
  const [last] = (await query('select broken from audit.verification order by id desc limit 1', [])) as {
    broken: { why: string }[]
  }[]
  return (last?.broken ?? []).map(({ why }) => why)
}

async function declare(): Promise<Declared> {
  const { config } = bed.platform
  return declareRestore({
    source: chainSource(query),
    signedInside: await signedInside(query),
    log: openHeadLog(heads()),
    key: signingKey(config),
    keys: trustedKeys(config),
    restoredTo: bed.platform.clock.now(),
    now: bed.platform.clock.now(),
  })
}

describe('a database that was restored to an earlier moment', () => {
  it('verifies once it is said, and what is written afterwards too', async () => {
    const restore = await remember()
    await write(4)
    await restore()
    expect(await whys()).toContain('tail_cut')
    expect(await declare()).toEqual({ setAside: 1, broughtBack: 0, broken: [] })
    expect(await whys()).toEqual([])
    await write(6)
    expect(await whys()).toEqual([])
    // said again it changes nothing
    expect(await declare()).toEqual({ setAside: 0, broughtBack: 0, broken: [] })
  })

  it('is not believed when what is left was changed meanwhile: nothing is said', async () => {
    const restore = await remember()
    await write(4)
    await restore()
    await bed.owner.query('alter table audit.entry disable trigger user')
    await bed.owner.query("update audit.entry set action = 'x' where id = (select min(id) from audit.entry)")
    await bed.owner.query('alter table audit.entry enable trigger user')
    const { broken } = await declare()
    expect(broken.map(({ why }) => why)).toEqual(['row_changed'])
    expect(readFileSync(join(heads(), readdirSync(heads())[0] ?? ''), 'utf8')).not.toContain('restoredTo')
  })

  it('is not believed without the signing key: somebody else’s word is damage', async () => {
    const restore = await remember()
    await write(4)
    await restore()
    const now = bed.platform.clock.now().toISOString()
    const note = {
      restoredTo: now,
      at: now,
      reached: {},
      keyId: 'feed',
      signature: Buffer.alloc(64).toString('base64'),
    }
    appendFileSync(join(heads(), readdirSync(heads())[0] ?? ''), `${JSON.stringify(note)}\n`)
    expect((await whys()).sort()).toEqual(['log_damaged', 'tail_cut'])
  })

  it('gives heads back to a log outside that is older than the database', async () => {
    const [file = ''] = readdirSync(heads())
    const older = readFileSync(join(heads(), file), 'utf8')
    await write(2)
    rmSync(heads(), { recursive: true })

    mkdirSync(heads())
    writeFileSync(join(heads(), file), older)
    expect(await whys()).toEqual(['head_lost'])
    expect(await declare()).toMatchObject({ setAside: 0, broughtBack: 1, broken: [] })
    expect(await whys()).toEqual([])
  })
})
