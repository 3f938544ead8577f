import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '@moinha/contracts/records'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

let bed: TestBed
let nurse: TestClient
const patientId = demoPersonId('cast/lan-child')
const poY = facilityIdOf('kt-tyt-po-y')

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())

async function encounter(): Promise<string> {
  const id = randomUUID()
  await nurse.call(contract.openEncounter, {
    body: { id, patientId, facilityId: poY, remoteMode: 'IN_PERSON', reason: 'Tái khám' },
  })
  return id
}
const measure = (id: string, code: '8480-6' | '8462-4' | '29463-7', value: number, takenAt: string) =>
  nurse.call(contract.saveObservations, {
    params: { id },
    body: { items: [{ id: randomUUID(), code, value, takenAt }] },
  })
const pages = async (limit: number) => {
  const all: { kind: string; id: string; at: string }[] = []
  let after: string | undefined
  do {
    const page = await nurse.call(contract.patientTimeline, {
      params: { patientId },
      query: { limit, ...(after !== undefined && { after }) },
    })
    all.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return all
}

it('holds encounters, measurements, documents and changes of the history, newest first, in pages of any size', async () => {
  const id = await encounter()
  await measure(id, '8480-6', 142, '2026-10-01T02:00:00.000Z')
  await measure(id, '8462-4', 91, '2026-10-01T02:00:00.000Z')
  const factId = randomUUID()
  const fact = { kind: 'medicine', display: 'Amlodipin 5 mg' } as const
  await nurse.call(contract.recordFact, { params: { patientId }, body: { id: factId, fact } })
  await nurse.call(contract.changeFact, {
    params: { id: factId },
    body: { version: 1, status: 'resolved', reason: 'Đổi thuốc', fact },
  })
  const documentId = randomUUID()
  for (const version of [1, 2])
    await bed.owner.query(
      `insert into records.document (id, version, patient_id, encounter_id, facility_id, kind, title, content)
        values ($1, $2, $3, $4, $5, 'consult_minutes', 'Biên bản', '{}')`,
      [documentId, version, patientId, id, poY],
    )
  const whole = await pages(100)
  expect(whole.map((one) => one.at)).toEqual(
    whole
      .map((one) => one.at)
      .toSorted()
      .toReversed(),
  )
  const of = (kind: string) => whole.filter((one) => one.kind === kind)
  expect(of('encounter').map((one) => one.id)).toContain(id)
  expect(of('document')).toMatchObject([{ id: documentId, document: { version: 2 } }])
  expect(of('measurements')).toMatchObject([{ encounterId: id, values: [{ value: 91 }, { value: 142 }] }])
  expect(of('fact')).toMatchObject([
    { id: factId, fact: { no: 2, status: 'resolved', reason: 'Đổi thuốc' } },
    { id: factId, fact: { no: 1, status: 'active', reason: null } },
  ])
  expect(await pages(1)).toEqual(whole)
  expect(await pages(2)).toEqual(whole)
})

it('gives readings oldest first; what was taken back or opened by mistake is not among them', async () => {
  const id = await encounter()
  await measure(id, '29463-7', 12.4, '2026-09-01T02:00:00.000Z')
  await measure(id, '29463-7', 12.9, '2026-10-01T02:00:00.000Z')
  const wrong = await encounter()
  await measure(wrong, '29463-7', 80, '2026-10-02T02:00:00.000Z')
  await nurse.call(contract.cancelEncounter, { params: { id: wrong }, body: { version: 1, reason: 'Mở nhầm' } })
  const { items } = await nurse.call(contract.patientReadings, { params: { patientId } })
  const weights = items.filter((one) => one.code === '29463-7')
  expect(weights.map((one) => one.value)).toEqual([12.4, 12.9])
  expect(items.map((one) => one.takenAt)).toEqual(items.map((one) => one.takenAt).toSorted())
})

it('refuses a cursor that is not ours, and whoever may not see the patient', async () => {
  const refused = await nurse.try(contract.patientTimeline, { params: { patientId }, query: { after: 'x_y' } })
  expect(refused.problem?.code).toBe('INVALID_INPUT')
  const foreign = await bed.as('foreignNurse')
  expect((await foreign.try(contract.patientTimeline, { params: { patientId }, query: {} })).status).toBe(404)
  expect((await foreign.try(contract.patientReadings, { params: { patientId } })).status).toBe(404)
})
