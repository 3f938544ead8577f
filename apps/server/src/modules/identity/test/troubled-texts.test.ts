import { giveUpTexts, listTroubledTexts, retryTexts, sendOtp } from '@moinha/contracts/identity'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { demoPersonId } from '../index.ts'
import { emptyExpiredTexts, sendSms } from '../actions/send-sms.ts'
import { identityParts } from '../identity-parts.ts'

// Texts that a gateway refuses, on the fake at its port: who sees them, who sends them again, and what is never sent.

let bed: TestBed
let admin: TestClient
let phones = 0

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('systemAdmin')
}, 120_000)
afterAll(() => bed.close())
beforeEach(() =>
  bed.owner.query("update identity.sms_outbox set state = 'given_up' where state in ('failed', 'queued')"),
)

const fake = async () => {
  const gateway = await identityParts(bed.platform.db).fakeSms
  if (!gateway) throw new Error('no fake gateway')
  return gateway
}

/** A sign-in code that the gateway refuses once; `tries` were made before. */
async function refusedText(tries = 0): Promise<string> {
  const phone = `09866${String(++phones).padStart(5, '0')}`
  await bed.runJobs()
  await bed.anonymous().call(sendOtp, { body: { phone } })
  await bed.owner.query('update identity.sms_outbox set tries = $2 where to_phone = $1', [e164(phone), tries])
  const gateway = await fake()
  gateway.failNext(1)
  await bed.runJobs()
  gateway.failNext(0)
  // its own next try must not come before ours
  await bed.owner.query(
    "update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where attempts > 0",
  )
  return phone
}
const e164 = (phone: string) => `+84${phone.slice(1)}`
const listed = () => admin.call(listTroubledTexts, { query: {} })
async function only() {
  const [one, ...others] = (await listed()).items
  if (!one || others.length > 0) throw new Error('not one text')
  return one
}
const seen = ({ id, round }: { id: string; round: number }) => ({ items: [{ id, round }] })
const stored = async (phone: string) =>
  (
    await bed.owner.query<Record<string, unknown>>(
      'select state, body, tries, given_up_word as word, given_up_by as by from identity.sms_outbox where to_phone = $1',
      [e164(phone)],
    )
  ).rows[0]

test('a text the gateway refused is listed without its number and words, and sent again at once', async () => {
  const phone = await refusedText()
  const one = await only()
  expect(one).toMatchObject({
    phoneEnd: phone.slice(-3),
    purpose: 'otp',
    state: 'queued',
    tries: 1,
    errorCode: 'GATEWAY_503',
    sendable: true,
  })
  expect(JSON.stringify(await listed())).not.toContain(phone.slice(1))
  expect(await admin.call(retryTexts, { body: seen(one) })).toEqual({ done: 1, changed: 0, more: false })
  await bed.runJobs()
  expect(await stored(phone)).toMatchObject({ state: 'sent', body: null, tries: 2 })
  expect((await fake()).received().filter((text) => text.to === e164(phone))).toHaveLength(1)
  expect((await listed()).items).toEqual([])
})

test('after its last try a text waits for a person; of two who send it again at once one is told, and it goes once', async () => {
  const phone = await refusedText(9)
  const one = await only()
  expect(one).toMatchObject({ state: 'failed', tries: 10, sendable: true })
  const other = await bed.as('systemAdmin')
  const answers = await Promise.all([
    admin.try(retryTexts, { body: seen(one) }),
    other.try(retryTexts, { body: seen(one) }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(answers.find(({ problem }) => problem)?.problem?.code).toBe('CHANGED_MEANWHILE')
  await bed.runJobs()
  await bed.runJobs()
  expect(await stored(phone)).toMatchObject({ state: 'sent', tries: 11 })
  expect((await fake()).received().filter((text) => text.to === e164(phone))).toHaveLength(1)
  const { rows } = await bed.owner.query(
    "select actor_id from audit.entry where action = 'identity.retryTexts' and subject_id = $1",
    [one.id],
  )
  expect(rows).toEqual([{ actor_id: demoPersonId('cast/systemAdmin') }])
})

test('a code that has run out is never sent again, neither alone nor with all; giving up keeps the word', async () => {
  const phone = await refusedText()
  const good = await refusedText()
  await bed.owner.query('update identity.sms_outbox set valid_until = now() where to_phone = $1', [e164(phone)])
  await bed.owner.query("update identity.sms_outbox set tried_at = now() - interval '1 minute'")
  const old = (await listed()).items.find(({ sendable }) => !sendable)
  if (!old) throw new Error('nothing has run out')
  expect((await admin.try(retryTexts, { body: seen(old) })).problem?.code).toBe('CHANGED_MEANWHILE')
  expect(await admin.call(retryTexts, { body: { items: null } })).toEqual({ done: 1, changed: 0, more: false })
  await bed.runJobs(7200)
  expect(await stored(good)).toMatchObject({ state: 'sent' })
  expect(await stored(phone)).toMatchObject({ state: 'failed', body: null })
  expect((await fake()).received().some((text) => text.to === e164(phone))).toBe(false)
  const gone = await admin.call(giveUpTexts, { body: { items: null, word: 'Mã đã hết hạn' } })
  expect(gone).toEqual({ done: 1, changed: 0, more: false })
  const by = demoPersonId('cast/systemAdmin')
  expect(await stored(phone)).toMatchObject({ state: 'given_up', body: null, word: 'Mã đã hết hạn', by })
  expect((await listed()).items).toEqual([])
})

test('a text given up is not sent by the job that waited for it', async () => {
  const phone = await refusedText()
  await admin.call(giveUpTexts, { body: { ...seen(await only()), word: 'Số máy không có thật' } })
  await bed.runJobs(7200)
  expect(await stored(phone)).toMatchObject({ state: 'given_up', body: null, tries: 1 })
})

test('pages follow each other without a gap', async () => {
  const sent = [await refusedText(), await refusedText(), await refusedText()]
  const first = await admin.call(listTroubledTexts, { query: { limit: 2 } })
  const second = await admin.call(listTroubledTexts, { query: { limit: 2, after: first.next ?? '' } })
  const ends = [...first.items, ...second.items].map(({ phoneEnd }) => phoneEnd)
  expect(ends).toEqual(sent.map((phone) => phone.slice(-3)).reverse())
  expect(second.next).toBeNull()
})

test('the database refuses whoever does not look after the installation, and gives the table to nobody', async () => {
  const client = new pg.Client({ connectionString: bed.urls.appUrl })
  await client.connect()
  const as = (key: string) =>
    client.query("select set_config('app.actor_kind', 'staff', false), set_config('app.person_id', $1, false)", [
      demoPersonId(key),
    ])
  try {
    await as('cast/unitAdmin')
    for (const statement of [
      'select * from identity.troubled_texts(null, null, 10)',
      'select identity.retry_texts(null, 10)',
      "select identity.give_up_texts(null, 'x')",
    ])
      await expect(client.query(statement), statement).rejects.toThrow('NOT_ALLOWED')
    await expect(client.query('select * from identity.sms_outbox')).rejects.toThrow('permission denied')
    await as('cast/systemAdmin')
    await expect(client.query('select * from identity.troubled_texts(null, null, 10)')).resolves.toBeDefined()
  } finally {
    await client.end()
  }
})

test('without a gateway a text waits for one, and the night takes the words of what ran out', async () => {
  const phone = await refusedText()
  const one = await only()
  const parts = identityParts(bed.platform.db)
  await sendSms({ ...parts, sms: async () => undefined }, one.id)
  expect(await only()).toMatchObject({ state: 'failed', errorCode: 'NO_GATEWAY', tries: 1, sendable: true })
  await emptyExpiredTexts(parts)
  expect((await stored(phone))?.['body']).not.toBeNull()
  await bed.owner.query("update identity.sms_outbox set valid_until = now() - interval '1 second' where id = $1", [
    one.id,
  ])
  await emptyExpiredTexts(parts)
  expect(await stored(phone)).toMatchObject({ state: 'failed', body: null })
  expect(await only()).toMatchObject({ errorCode: 'NO_GATEWAY', sendable: false })
})
