import { annex } from '@moinha/contracts/indicators'
import { giveHelp, helpToday, takeHelpBack } from '@moinha/contracts/news'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
let bed: TestBed
let nurse: TestClient
let ahead = 0
const clock: Clock = { now: () => new Date(Date.parse('2026-11-20T03:00:00Z') + ahead) }
const help = (over: object = {}) => ({
  id: randomUUID(),
  facilityId: poY,
  ageGroup: '30-44' as const,
  sex: 'female' as const,
  ...over,
})
const row9 = async () => {
  const reply = await (
    await bed.as('officer')
  ).call(annex, { params: { form: 'kon-tum-annex-2024', unitId: poY }, query: { quarter: '2026-Q4' } })
  return reply.rows.find((row) => row.no === '9')?.value
}

beforeAll(async () => {
  bed = await openTestBed({ clock })
  nurse = await bed.as('nurse')
}, 120_000)
afterAll(() => bed.close())

describe('showing people how to install the app', () => {
  test('counts once in the annex, also when sent twice, and not after it was undone', async () => {
    const one = help()
    await nurse.call(giveHelp, { body: one })
    await nurse.call(giveHelp, { body: one })
    expect([await row9(), (await nurse.call(helpToday, { params: { facilityId: poY } })).count]).toEqual([1, 1])
    await nurse.call(takeHelpBack, { params: { id: one.id } })
    await nurse.call(takeHelpBack, { params: { id: one.id } })
    expect([await row9(), (await nurse.call(helpToday, { params: { facilityId: poY } })).count]).toEqual([0, 0])
    expect((await nurse.try(giveHelp, { body: { ...one, sex: 'male' } })).problem?.code).toBe('ID_TAKEN')
  })

  test('takes age and sex of a known person from the record, and nobody under 16', async () => {
    expect(
      await nurse.call(giveHelp, { body: help({ patientId: demoPersonId('cast/lan-mother'), sex: 'male' }) }),
    ).toMatchObject({ ageGroup: '60+', sex: 'female' })
    expect(
      (await nurse.try(giveHelp, { body: help({ patientId: demoPersonId('cast/lan-child') }) })).problem?.code,
    ).toBe('HELP_UNDER_SIXTEEN')
    expect((await nurse.try(giveHelp, { body: help({ patientId: demoPersonId('cast/duc') }) })).status).toBe(404)
  })

  test('is undone by whoever noted it, on the same day', async () => {
    const one = help()
    await nurse.call(giveHelp, { body: one })
    expect((await (await bed.as('stationDoctor')).try(takeHelpBack, { params: { id: one.id } })).problem?.code).toBe(
      'HELP_NOT_YOURS',
    )
    expect((await (await bed.as('foreignNurse')).try(takeHelpBack, { params: { id: one.id } })).problem?.code).toBe(
      'HELP_UNKNOWN',
    )
    ahead = 86_400_000
    expect((await nurse.try(takeHelpBack, { params: { id: one.id } })).problem?.code).toBe('HELP_OF_EARLIER_DAY')
    ahead = 0
    expect((await (await bed.as('foreignNurse')).try(giveHelp, { body: help() })).status).toBe(404)
  })
})
