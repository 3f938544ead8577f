import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { openDatabase, type OpenDatabase } from './database.ts'
import { settingAhead, sendUnheard } from './pipelined.ts'
import { asSystem } from './work.ts'

let bed: TestBed
let own: OpenDatabase
/** What the wire carried, in the order it left. */
const sent: string[] = []
/** What leaves instead of `begin`. */
let opening = 'begin'

beforeAll(async () => {
  bed = await openTestBed()
  own = openDatabase(bed.urls.appUrl, 1)
  own.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown
    client.query = ((text: string | { text: string }, ...rest: unknown[]) => {
      sent.push(typeof text === 'string' ? text : text.text)
      return query(text === 'begin' ? opening : text, ...rest)
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
  opening = 'begin nonsense'
  const asking = own.db.transaction().execute((tx) => kindNow.execute(tx))
  await expect(asking).rejects.toMatchObject({ code: '42601' })
  const writing = own.db.transaction().execute((tx) => sendUnheard(tx, 'select 1', []))
  await expect(writing).rejects.toMatchObject({ code: '42601' })
  opening = 'begin'
  expect((await own.db.transaction().execute((tx) => kindNow.execute(tx))).rows).toHaveLength(1)
})
