import * as contract from '@moinha/contracts/facilities'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { contractOn, facilityIdOf } from '../index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hospital = facilityIdOf('kt-bv-tam-than')
const kind = 'VIA_RECEIVING_FACILITY'
let bed: TestBed
let admin: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('systemAdmin')
  // the demo's own contracts are over for this file
  await bed.owner.query("update facilities.tele_contract set valid_until = '2025-01-01'")
})
afterAll(() => bed.close())

const add = (rowId: string, change: object = {}) =>
  admin.try(contract.addContract, {
    params: { id: poY, rowId },
    body: {
      kind,
      partnerId: hospital,
      number: '12/HĐ',
      terms: [...contract.contractTerms],
      from: '2026-01-01',
      ...change,
    },
  })
const end = (rowId: string, on: string, id = poY) =>
  admin.try(contract.endContract, { params: { id, rowId }, body: { on } })
const standsOn = (facilityId: string, day: string) =>
  bed.platform.transact(systemActor, ({ tx }) => contractOn(tx, { facilityId, kind, day }))

it('holds for both units from its day until it is ended, and stays written down', async () => {
  const rowId = randomUUID()
  expect((await add(rowId)).status).toBe(200)
  expect((await add(rowId)).status).toBe(200)
  expect([await standsOn(poY, '2025-12-31'), await standsOn(poY, '2026-01-01')]).toEqual(['none', 'in_force'])
  expect(await standsOn(hospital, '2026-11-01')).toBe('in_force')
  expect((await end(rowId, '2025-01-01')).problem?.code).toBe('CONTRACT_NOT_THEN')
  // the other side may end it as well
  expect((await end(rowId, '2026-07-01', hospital)).status).toBe(200)
  expect((await end(rowId, '2026-07-01')).status).toBe(200)
  expect((await end(rowId, '2026-08-01')).problem?.code).toBe('CONTRACT_NOT_THEN')
  expect([await standsOn(poY, '2026-06-30'), await standsOn(poY, '2026-07-01')]).toEqual(['in_force', 'none'])
  const unit = await admin.call(contract.unit, { params: { id: hospital } })
  expect(unit.contracts).toMatchObject([{ id: rowId, from: '2026-01-01', until: '2026-07-01', facilityId: poY }])
})

it('one without the minimum content of Art. 87(11) does not hold yet', async () => {
  const rowId = randomUUID()
  expect((await add(rowId, { terms: ['storage'], from: '2027-01-01' })).status).toBe(200)
  expect(await standsOn(poY, '2027-02-01')).toBe('incomplete')
  expect((await end(rowId, '2027-01-01')).status).toBe(200)
  expect(await standsOn(poY, '2027-02-01')).toBe('none')
})

it('refuses a second one of the same kind at the same time, itself as partner, and a unit that is not there', async () => {
  expect((await add(randomUUID(), { from: '2028-01-01' })).status).toBe(200)
  expect((await add(randomUUID(), { from: '2028-02-01' })).problem?.code).toBe('CONTRACT_OVERLAPS')
  const far = randomUUID()
  expect((await add(far, { side: 'far', from: '2028-01-01' })).status).toBe(200)
  const unit = await admin.call(contract.unit, { params: { id: poY } })
  expect(unit.contracts.find((one) => one.id === far)).toMatchObject({ facilityId: hospital, partnerId: poY })
  expect((await add(randomUUID(), { partnerId: poY })).problem?.code).toBe('CONTRACT_WITH_SELF')
  expect((await add(randomUUID(), { partnerId: randomUUID() })).problem?.code).toBe('LINK_TARGET_NOT_THEN')
})
