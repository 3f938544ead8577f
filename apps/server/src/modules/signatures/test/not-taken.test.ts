import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { demoPersonId } from '../../identity/index.ts'
import { prepareSigning } from '../actions/prepare-signing.ts'
import { signRequest } from '../actions/sign-now.ts'
import type { SigningService } from '../ports/signing-service.ts'
import { findPaper, insertPaper, insertRevision } from '../store/signed-papers.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
}, 120_000)
afterAll(() => bed.close())

const begin = <R>(step: (work: Work) => Promise<R>) => bed.platform.transact(systemActor, step, 'test')

async function prepared(subjectKind: string) {
  const key = { subjectKind, subjectId: randomUUID(), documentDigest: 'a'.repeat(64) }
  const documentId = randomUUID()
  const wish = {
    ...key,
    patientId: null,
    signerId: demoPersonId('cast/lan'),
    role: 'chair',
    statement: {},
    title: 'Thư',
  }
  const id = await begin(async (work) => {
    await insertPaper(work.tx, { ...key, id: documentId, patientId: null, bytes: Buffer.from('0'), now: work.now })
    return prepareSigning(work, { ...wish, patientId: demoPersonId('cast/lan') })
  })
  return { key, documentId, id }
}

/** Signs what is the newest, and counts how often it was asked. */
function service(documentId: string, revisions: readonly number[]): SigningService & { asked: number } {
  return {
    name: 'test',
    asked: 0,
    async sign({ preparedAt }) {
      const number = revisions[this.asked++] ?? 9
      const revision = { documentId, number, bytes: Buffer.from(String(number)) }
      return { state: 'signed', method: 'pades', signedAt: preparedAt, proof: {}, revision }
    },
  }
}

it('what its owner does not take is not appended to the paper, and told as void', async () => {
  const { key, documentId, id } = await prepared('minutes')
  expect(await signRequest(begin, service(documentId, [1]), id)).toMatchObject({
    state: 'void',
    reason: 'MINUTES_UNKNOWN',
  })
  expect((await begin(({ tx }) => findPaper(tx, key)))?.revision).toBe(0)
})

it('another who was faster: the later one signs anew over theirs', async () => {
  const { key, documentId, id } = await prepared('letter')
  const slow = service(documentId, [1, 1, 2])
  const faster = await prepared('letter')
  await begin(({ tx, now }) =>
    insertRevision(tx, { documentId, number: 1, bytes: Buffer.from('1'), requestId: faster.id }, now),
  )

  expect(await signRequest(begin, slow, id)).toMatchObject({ state: 'signed' })
  expect(slow.asked).toBe(3)
  expect((await begin(({ tx }) => findPaper(tx, key)))?.bytes.toString()).toBe('012')
  // asked again: it is signed already
  await signRequest(begin, slow, id)
  expect(slow.asked).toBe(3)
})
