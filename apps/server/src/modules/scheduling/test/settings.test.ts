import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'

const params = { facilityId: facilityIdOf('kt-tyt-po-y') }
const url = contract.saveBookingSettings.path.replace(':facilityId', params.facilityId)
let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

test('of two who change the settings at once the second is told what stands; sent again, it is the same', async () => {
  const [nurse, doctor] = [await bed.as('nurse'), await bed.as('stationDoctor')]
  const { version, ...settings } = await nurse.call(contract.getBookingSettings, { params })
  const save = (client: typeof nurse, payload: object, based: string) =>
    client.send<{ version: string; params?: object }>({
      method: 'PUT',
      url,
      payload,
      headers: { 'if-match': `W/"${based}"` },
    })
  const mine = { ...settings, horizonDays: 45 }
  const both = await Promise.all([save(nurse, mine, version), save(doctor, { ...settings, offerMinutes: 90 }, version)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const won = both.find(({ status }) => status === 200)?.body
  expect(both.find(({ status }) => status === 412)?.problem).toMatchObject({
    code: 'PRECONDITION_FAILED',
    params: { current: won },
  })
  const { version: now, ...kept } = await nurse.call(contract.getBookingSettings, { params })
  expect(now).not.toBe(version)
  // a lost reply: the same change based on the same version
  expect(await save(nurse, kept, version)).toMatchObject({ status: 200, body: { ...kept, version: now } })
  expect((await save(nurse, { ...kept, horizonDays: 46 }, version)).status).toBe(412)
  expect((await save(nurse, { ...kept, horizonDays: 46 }, now)).status).toBe(200)
})
