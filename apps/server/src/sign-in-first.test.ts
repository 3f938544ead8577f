import { importCheck } from '@moinha/contracts/facilities'
import { openEncounter, readPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castCitizens, demoPersonId } from './modules/identity/index.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
  await bed.app.listen({ host: '127.0.0.1', port: 0 })
}, 120_000)
afterAll(() => bed.close())

/** A body that counts what was taken of it. */
function countedBody(bytes: number): { stream: Readable; taken: () => number } {
  let taken = 0
  const stream = new Readable({
    read() {
      taken += 16_384
      this.push(taken > bytes ? null : Buffer.alloc(16_384, 32))
    },
  })
  return { stream, taken: () => taken }
}

describe('who it is is judged before the body', () => {
  test('an anonymous body is not even parsed: broken JSON of a stranger is a missing sign-in', async () => {
    const url = openEncounter.path
    const headers = { 'content-type': 'application/json' }
    const broken = await bed.anonymous().send({ method: 'POST', url, payload: '{"a":'.repeat(10_000), headers })
    expect([broken.status, broken.problem?.code]).toEqual([401, 'SIGN_IN_REQUIRED'])
    const nurse = await (await bed.as('nurse')).send({ method: 'POST', url, payload: '{', headers })
    expect([nurse.status, nurse.problem?.code]).toEqual([400, 'INVALID_INPUT'])
  })

  test('an endless upload of a stranger is answered at once, and the line closed', async () => {
    const { port } = bed.app.server.address() as AddressInfo
    const headers = { 'x-moinha': '1', 'content-type': 'text/csv' }
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: importCheck.path, headers })
    sent.on('error', () => {}) // the server hangs up while we still send
    const body = countedBody(1e9)
    body.stream.pipe(sent)
    const [reply] = (await once(sent, 'response')) as [{ statusCode: number; headers: Record<string, string> }]
    expect([reply.statusCode, reply.headers['connection']]).toEqual([401, 'close'])
    expect(body.taken()).toBeLessThan(20_000_000)
    sent.destroy()
    body.stream.destroy()
  })

  test('one without the permission is refused before a file is read, and before a schema judges', async () => {
    const nurse = await bed.as('nurse')
    const file = await nurse.send({
      method: 'POST',
      url: importCheck.path,
      payload: 'x',
      headers: { 'content-type': 'text/csv' },
    })
    expect([file.status, file.problem?.code]).toEqual([403, 'NOT_ALLOWED'])
    const lan = await bed.as('lan')
    expect((await lan.send({ method: 'POST', url: openEncounter.path, payload: { nonsense: 1 } })).status).toBe(403)
    expect((await lan.send({ url: readPatient.path.replace(':patientId', 'no-id') })).status).toBe(403)
  })

  test('the refusal still names the patient of the body', async () => {
    const patientId = demoPersonId(castCitizens.lan.key)
    const body = { id: randomUUID(), patientId, facilityId: randomUUID(), remoteMode: 'IN_PERSON' as const }
    expect((await (await bed.as('officer')).try(openEncounter, { body })).status).toBe(403)
    const { rows } = await bed.owner.query(
      `select patient_id from audit.entry where action = 'records.openEncounter' and outcome = 'refused'
        and patient_id is not null`,
    )
    expect(rows).toEqual([{ patient_id: patientId }])
  })
})
