import * as signing from '@moinha/contracts/signatures'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'

let bed: TestBed
let nurse: TestClient
const passphrase = 'mot mat khau dai'

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  await nurse.call(signing.addTrialKey, { body: { id: randomUUID(), passphrase } })
}, 120_000)
afterAll(() => bed.close())

const guess = (word: string) => nurse.try(signing.unlockKey, { body: { passphrase: word } })

/** The narrow net of all routes is another matter. */
const afterAMinute = () => bed.owner.query('delete from platform.rate_count')

it('a passphrase is not to be guessed: five wrong ones, each noted, and it is asked for again later', async () => {
  // a right one counts for nothing
  expect((await guess(passphrase)).status).toBe(200)
  const wrong = []
  for (let number = 1; number <= 5; number++) wrong.push((await guess(`doan lan thu ${number}`)).problem?.code)
  expect(wrong).toEqual(Array(5).fill('KEY_PASSPHRASE_WRONG'))
  await afterAMinute()
  expect((await guess(passphrase)).problem?.code).toBe('TOO_MANY_REQUESTS')
  const { rows } = await bed.owner.query(
    `select from audit.entry where action = 'signatures.wrongPassphrase' and subject = 'signing_key'`,
  )
  expect(rows).toHaveLength(5)
  await bed.owner.query(`update identity.throttle set blocked_until = now() - interval '1 second'`)
  expect((await guess(passphrase)).status).toBe(200)
}, 60_000)

it('a key that is given up takes what waits for it along: nothing of it becomes a click', async () => {
  const { key } = await nurse.call(signing.readKey)
  const requestId = randomUUID()
  await bed.owner.query(
    `insert into signatures.request (id, subject_kind, subject_id, signer_id, role, document_digest, statement, digest,
       title, prepared_at)
     select $1, 'minutes', $1, person_id, 'chair', 'd', '{}', repeat('0', 64), 'x', now() - interval '1 minute'
     from signatures.signing_key where id = $2`,
    [requestId, key?.id],
  )
  await nurse.call(signing.removeKey, { params: { id: key?.id ?? '' } })
  await bed.platform.jobs.sweeps.find(({ name }) => name === 'signatures.left')?.run()
  const { rows } = await bed.owner.query('select state, reason, method from signatures.request where id = $1', [
    requestId,
  ])
  expect(rows).toEqual([{ state: 'void', reason: 'KEY_REMOVED', method: null }])
})
