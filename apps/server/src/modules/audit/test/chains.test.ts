import { health } from '@moinha/contracts/platform'
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'

let bed: TestBed
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
/** Rows written before sealing in one test; more than a sealing batch. */
const many = 25_000

beforeEach(async () => {
  bed = await openTestBed({ config: { LOG_LEVEL: 'silent' } })
  await write([poY, hoaiHai, null, poY, poY, hoaiHai])
  await run('audit.seal')
})
afterEach(() => bed.close())

const run = (job: string) => bed.platform.jobs.unbound.get(job)?.({})
const heads = () => join(bed.platform.config.DATA_DIR, 'audit-heads')
const rowsOf = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await bed.owner.query(text, values)).rows as T[]

async function write(units: (string | null)[], at = 'now()'): Promise<void> {
  for (const unit of units) {
    await bed.owner.query(
      `insert into audit.entry (at, request_id, actor_kind, action, subject, facility_id, detail)
      values (${at}, 'r', 'staff', 'records.readPatient', 'patient', $1, '{"a": "Ả|;5:b;"}')`,
      [unit],
    )
  }
}

/** Past every trigger, as a thief with the owner's rights. */
async function tamper(text: string, values: unknown[] = []): Promise<void> {
  await bed.owner.query('alter table audit.entry disable trigger user')
  await bed.owner.query(text, values)
  await bed.owner.query('alter table audit.entry enable trigger user')
}

interface Found {
  chain: string
  no: number
  entryId: string | null
  why: string
}

async function verify(scope: 'New' | 'All' = 'All'): Promise<Found[]> {
  await run(`audit.verify${scope}`)
  const [last] = await rowsOf<{ broken: Found[] }>('select broken from audit.verification order by id desc limit 1')
  return last?.broken ?? []
}

/** The chain of Pờ Y's province this month. */
async function chainOf(unit: string): Promise<string> {
  const [row] = await rowsOf<{ chain: string }>(
    'select chain from audit.entry where facility_id = $1 order by id desc limit 1',
    [unit],
  )
  return row?.chain ?? ''
}

describe('the chains', () => {
  it('are one a province and month, sealed until nothing is left, and verify', async () => {
    await bed.owner.query(
      `insert into audit.entry (request_id, actor_kind, action, subject, facility_id)
      select 'r', 'staff', 'x', 'patient', $1 from generate_series(1, ${many})`,
      [poY],
    )
    await write([poY], "timestamptz '2025-01-31 18:00+00'")
    await run('audit.seal')
    expect(await rowsOf('select from audit.entry where chain is null')).toEqual([])
    expect(await chainOf(poY)).toMatch(/^kt|qng/)
    expect(new Set([await chainOf(poY), await chainOf(hoaiHai)]).size).toBe(2)
    // 31 January 18:00 UTC is 1 February in Vietnam
    expect(await rowsOf("select from audit.entry where chain like '%/2025-02'")).toHaveLength(1)
    expect(await rowsOf("select from audit.entry where chain like '-/%' and facility_id is null")).not.toEqual([])
    expect(await verify()).toEqual([])
    const [last] = await rowsOf<{ rows: string; total: string }>(
      'select rows, (select count(*) from audit.entry) as total from audit.verification order by id desc limit 1',
    )
    expect(Number(last?.rows)).toBe(Number(last?.total))
  })

  it('a row cannot be changed, and is sealed once', async () => {
    for (const text of [
      "update audit.entry set action = 'x'",
      'delete from audit.entry',
      "update audit.entry set chain_hash = '\\x00'",
    ]) {
      await expect(bed.owner.query(text), text).rejects.toThrow('append-only')
    }
    await expect(bed.owner.query('truncate audit.entry')).rejects.toThrow('append-only')
    await bed.platform.transact(systemActor, async ({ tx }) => {
      const { sql } = await import('kysely')
      for (const text of [
        'update audit.chain_head set no = 1',
        'delete from audit.verification',
        'select audit.seal_pending()',
      ]) {
        await sql.raw(`savepoint s`).execute(tx)
        await expect(sql.raw(text).execute(tx), text).rejects.toThrow('permission denied')
        await sql.raw(`rollback to savepoint s`).execute(tx)
      }
    })
  })

  it('rows sealed the old way stay whole, and are sealed into the new chains too', async () => {
    // the log as the release before left it: sealed the old way, no chains, no heads
    await tamper('update audit.entry set chain = null, chain_no = null, chain_hash = null')
    await bed.owner.query('delete from audit.chain_head')
    rmSync(heads(), { recursive: true })
    await tamper('select audit.seal_pending()')
    await write([poY, null])
    await run('audit.seal')
    expect(await rowsOf('select from audit.entry where seal_no is not null and chain is null')).toEqual([])
    expect(await verify()).toEqual([])
    const [first] = await rowsOf<{ id: string }>('select min(id) as id from audit.entry where seal_no is not null')
    await tamper('update audit.entry set seal_hash = sha256(seal_hash) where id = $1', [first?.id])
    expect((await verify()).map((one) => one.why).sort()).toEqual(['old_seal', 'row_changed'])
  })
})

describe('what is found', () => {
  it('a value changed, and a value moved between columns', async () => {
    const chain = await chainOf(poY)
    const [row] = await rowsOf<{ id: string; no: string }>(
      `select id, chain_no as no from audit.entry where chain = $1 and action = 'records.readPatient' order by chain_no
        limit 1`,
      [chain],
    )
    await tamper("update audit.entry set action = 'x' where id = $1", [row?.id])
    expect(await verify()).toEqual([{ chain, no: Number(row?.no), entryId: String(row?.id), why: 'row_changed' }])
    await tamper("update audit.entry set action = 'records.readPatient' where id = $1", [row?.id])
    expect(await verify()).toEqual([])
    // the same texts side by side, one column further on
    await tamper('update audit.entry set actor_id = facility_id, facility_id = null where id = $1', [row?.id])
    expect((await verify()).map((one) => one.why)).toEqual(['row_changed'])
  })

  it('a row taken out of the middle, and the tail cut off together with everything in the database that knew of it', async () => {
    const chain = await chainOf(poY)
    await tamper(
      `delete from audit.entry where chain = $1
        and chain_no = (select max(chain_no) from audit.entry where chain = $1)`,
      [chain],
    )
    await bed.owner.query(
      `update audit.chain_head h set (no, hash, signed_no, signed_hash) = (select chain_no, chain_hash, null::bigint,
        null::bytea from audit.entry where chain = h.chain order by chain_no desc limit 1) where chain = $1`,
      [chain],
    )
    await bed.owner.query('delete from audit.verified')
    expect((await verify()).map(({ chain: of, why }) => ({ of, why }))).toEqual([{ of: chain, why: 'tail_cut' }])
    // and when the chain goes on over the cut
    await write([poY, poY])
    await run('audit.seal')
    expect((await verify()).map((one) => one.why)).toEqual(['rewritten'])
    await tamper('delete from audit.entry where chain = $1 and chain_no = 2', [chain])
    expect((await verify()).map((one) => one.why)).toEqual(['row_missing'])
  })

  it('everything written anew with hashes that fit', async () => {
    const chain = await chainOf(poY)
    await tamper("update audit.entry set action = 'records.nothing' where chain = $1", [chain])
    await tamper('update audit.entry set chain = null, chain_no = null, chain_hash = null where chain = $1', [chain])
    await bed.owner.query('delete from audit.chain_head where chain = $1', [chain])
    await bed.owner.query('delete from audit.verified')
    await bed.owner.query('select * from audit.seal(1000)')
    expect((await verify()).map(({ chain: of, why }) => ({ of, why }))).toEqual([{ of: chain, why: 'rewritten' }])
  })

  it('a forged head, a head lost from the log outside, and a damaged line', async () => {
    const [file = ''] = readdirSync(heads())
    const path = join(heads(), file)
    const whole = readFileSync(path, 'utf8')
    const [first = ''] = whole.split('\n')
    writeFileSync(
      path,
      whole.replace(
        first,
        JSON.stringify({ ...(JSON.parse(first) as object), signature: Buffer.alloc(64).toString('base64') }),
      ),
    )
    expect((await verify()).map((one) => one.why)).toEqual(['head_forged'])
    rmSync(path)
    expect(new Set((await verify()).map((one) => one.why))).toEqual(new Set(['head_lost']))
    writeFileSync(path, whole)
    expect(await verify()).toEqual([])
    appendFileSync(path, '{"chain": "half a li')
    expect((await verify()).map((one) => one.why)).toEqual(['log_damaged'])
  })

  it('by the verification of what is new, too, which reads only that', async () => {
    expect(await verify()).toEqual([])
    await write([poY, poY])
    await run('audit.seal')
    expect(await verify('New')).toEqual([])
    const [last] = await rowsOf<{ rows: string }>('select rows from audit.verification order by id desc limit 1')
    expect(Number(last?.rows)).toBeLessThan(10)
    const chain = await chainOf(poY)
    await tamper(
      `update audit.entry set chain_hash = '\\x00' where chain = $1
        and chain_no = (select no from audit.verified where chain = $1)`,
      [chain],
    )
    expect((await verify('New')).map((one) => one.why)).toEqual(['row_changed'])
  })

  it('and said on /health and as figures', async () => {
    await write([null])
    const part = async () => (await bed.anonymous().call(health)).parts.find((one) => one.name === 'audit')?.detail
    const figure = async (name: string) => {
      const { payload } = await bed.app.inject({ url: '/metrics', headers: { host: '127.0.0.1' } })
      return Number(new RegExp(`^${name} (.*)$`, 'm').exec(payload)?.[1])
    }
    expect(await part()).toContain('not verified yet')
    expect(await figure('moinha_audit_unsealed_rows')).toBeGreaterThan(0)
    await run('audit.seal')
    await verify()
    expect(await part()).toMatch(/verified 20\d\d-.*, [3-9] chains, none broken, 0 rows unsealed/)
    expect(await figure('moinha_audit_broken_chains')).toBe(0)
    expect(await figure('moinha_audit_verified_timestamp_seconds')).toBeGreaterThan(1_700_000_000)
    await tamper("update audit.entry set action = 'x' where chain = $1 and chain_no = 1", [await chainOf(poY)])
    await verify()
    expect(await part()).toContain('1 BROKEN')
    expect(await figure('moinha_audit_broken_chains')).toBe(1)
  })
})
