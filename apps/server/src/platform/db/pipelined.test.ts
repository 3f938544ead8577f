import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { toCodedError } from '../http/problem.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { Batch } from './batch.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { settingAhead, sendUnheard } from './pipelined.ts'
import { asSystem } from './work.ts'

let bed: TestBed
let own: OpenDatabase
/** What the wire carried, in the order it left. */
const sent: string[] = []

beforeAll(async () => {
  bed = await openTestBed()
  own = openDatabase(bed.urls.appUrl, 1)
  own.pool.on('connect', (client) => {
    const query = client.query.bind(client)
    client.query = ((asked: Batch | string) => {
      sent.push(...(typeof asked === 'string' ? [asked] : asked.texts))
      return query(asked as string)
    }) as typeof client.query
  })
})

afterAll(async () => {
  await own.close()
  await bed.close()
})

const kindNow = sql<{ kind: string }>`select platform.actor_kind() as kind`
const note = { action: 'test.read', subject: 'test' }
const entries = async (requestId: string) =>
  (await bed.owner.query('select action from audit.entry where request_id = $1', [requestId])).rows

it('sends nothing for a transaction that asks nothing', async () => {
  sent.length = 0
  const answer = await own.db.transaction().execute(async (tx) => {
    await tx.executeQuery(settingAhead(`select set_config('app.actor_kind', $1, true)`, ['citizen']))
    return 'nothing asked'
  })
  expect(answer).toBe('nothing asked')
  expect(sent).toEqual([])
})

it('runs every statement as the actor set last before it', async () => {
  const kinds = await bed.platform.transact(systemActor, async (work) => {
    const other = await work.as({ ...systemActor, kind: 'citizen' })
    const first = (await kindNow.execute(other.tx)).rows[0]?.kind
    const inside = await asSystem(other, systemActor, async ({ tx }) => (await kindNow.execute(tx)).rows[0]?.kind)
    return [first, inside, (await kindNow.execute(other.tx)).rows[0]?.kind]
  })
  expect(kinds).toEqual(['citizen', 'system', 'citizen'])
})

it('leaves no actor behind for the next transaction of the connection', async () => {
  await own.db.transaction().execute(async (tx) => {
    await tx.executeQuery(settingAhead(`select set_config('app.actor_kind', $1, true)`, ['citizen']))
    await kindNow.execute(tx)
  })
  const next = await own.db.transaction().execute(async (tx) => (await kindNow.execute(tx)).rows[0]?.kind)
  expect(next).not.toBe('citizen')
})

it('commits what was written without waiting, in the order it was written', async () => {
  const requestId = `test ${randomUUID()}`
  await bed.platform.transact(systemActor, async (work) => work.audit(note), requestId)
  expect(await entries(requestId)).toHaveLength(1)
})

it('fails, and keeps nothing, when a write fails that nobody waited for', async () => {
  const requestId = `test ${randomUUID()}`
  const run = bed.platform.transact(
    systemActor,
    async (work) => {
      await sql`select 1`.execute(work.tx)
      work.audit(note)
      work.audit({ ...note, subjectId: 'no uuid' })
    },
    requestId,
  )
  await expect(run).rejects.toMatchObject({ code: '22P02' })
  expect(await entries(requestId)).toEqual([])
  // and the connection is good for the next
  await expect(
    bed.platform.transact(systemActor, async ({ tx }) => (await kindNow.execute(tx)).rows.length),
  ).resolves.toBe(1)
})

it('keeps nothing of a transaction whose handler failed after it wrote', async () => {
  const requestId = `test ${randomUUID()}`
  const run = own.db.transaction().execute(async (tx) => {
    await sendUnheard(
      tx,
      `insert into audit.entry (request_id, actor_kind, action, outcome, subject)
        values ($1, 'system', 'a.b', 'done', 'x')`,
      [requestId],
    )
    await kindNow.execute(tx)
    throw new Error('changed my mind')
  })
  await expect(run).rejects.toThrow('changed my mind')
  expect(await entries(requestId)).toEqual([])
})

it('says where a refused statement was asked', async () => {
  const run = bed.platform.transact(systemActor, async ({ tx }) => sql`select 1 / 0`.execute(tx))
  await expect(run).rejects.toMatchObject({ code: '22012' })
})

it('fails when what it would commit was taken back after a failure that somebody caught', async () => {
  const run = own.db.transaction().execute(async (tx) => {
    await sql`select 1 / 0`.execute(tx).catch(() => {})
    return 'kept'
  })
  await expect(run).rejects.toThrow('rolled back')
})

it('fails all that follows when the transaction could not be opened', async () => {
  const add = Batch.prototype.add
  const spy = vi.spyOn(Batch.prototype, 'add').mockImplementation(function (this: Batch, text, values, name) {
    return text === 'begin' ? add.call(this, 'begin nonsense', values, undefined) : add.call(this, text, values, name)
  })
  const asking = own.db.transaction().execute((tx) => kindNow.execute(tx))
  await expect(asking).rejects.toMatchObject({ code: '42601' })
  const writing = own.db.transaction().execute((tx) => sendUnheard(tx, 'select 1', []))
  await expect(writing).rejects.toMatchObject({ code: '42601' })
  spy.mockRestore()
  expect((await own.db.transaction().execute((tx) => kindNow.execute(tx))).rows).toHaveLength(1)
})

it('takes back what was asked and not waited for when the handler fails in the same moment', async () => {
  const requestId = `test ${randomUUID()}`
  const run = own.db.transaction().execute(async (tx) => {
    sql`insert into audit.entry (request_id, actor_kind, action, outcome, subject)
      values (${requestId}, 'system', 'a.b', 'done', 'x')`
      .execute(tx)
      .catch(() => {})
    throw new Error('changed my mind')
  })
  await expect(run).rejects.toThrow('changed my mind')
  expect(await entries(requestId)).toEqual([])
})

it('leaves out a value that cannot be written, and only its statement', async () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const answers = await own.db
    .transaction()
    .execute((tx) => Promise.allSettled([sql`select ${circle}::text`.execute(tx), kindNow.execute(tx)]))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})

it('reads the same rows from a statement that is prepared, prepared anew after a failure, and never prepared', async () => {
  const quotient = (by: number) => sql<{ n: number; at: Date; none: null }>`
    select 12 / ${by}::int as n, timestamptz '2026-11-26' as at, null as none`
  const asked = (by: number) =>
    own.db.transaction().execute(async (tx) => {
      const both = await Promise.all([quotient(by).execute(tx), quotient(by + 1).execute(tx)])
      return both.map(({ rows: [row] }) => row)
    })
  const at = new Date('2026-11-26T00:00:00Z')
  const expected = [
    { n: 6, at, none: null },
    { n: 4, at, none: null },
  ]
  for (let round = 0; round < 15; round++) expect(await asked(2)).toEqual(expected)
  await expect(asked(0)).rejects.toMatchObject({ code: '22012' })
  for (let round = 0; round < 3; round++) expect(await asked(2)).toEqual(expected)
})

it('prepares a statement anew whose columns have changed; who met the change is told to ask again', async () => {
  await bed.owner.query('create table if not exists platform.widened as select 1 as a')
  await bed.owner.query('grant select on platform.widened to public')
  const all = () => own.db.transaction().execute((tx) => sql`select * from platform.widened`.execute(tx))
  for (let round = 0; round < 15; round++) expect((await all()).rows).toEqual([{ a: 1 }])
  await bed.owner.query('alter table platform.widened add column b int default 2')
  const refusal = (asked: Promise<unknown>) => asked.then(() => undefined, toCodedError)
  expect(await refusal(all())).toMatchObject({ code: 'UNAVAILABLE', status: 503 })
  expect((await all()).rows).toEqual([{ a: 1, b: 2 }])
  // the same code stands for whatever PostgreSQL cannot do, and that is a failure of ours
  const neverDone = sql`select count(*) from platform.widened for update`.execute(own.db)
  expect(await refusal(neverDone)).toMatchObject({ code: 'INTERNAL', status: 500 })
})

it('runs several statements in one text where they stand', async () => {
  const answer = await own.db.transaction().execute(async (tx) => {
    const [before, several] = await Promise.all([
      sql<{ n: number }>`select 1 as n`.execute(tx),
      sql.raw<{ n: number }>('select 2 as n; select 3 as n').execute(tx),
    ])
    return [before.rows[0]?.n, several.rows[0]?.n]
  })
  expect(answer).toEqual([1, 3])
})
