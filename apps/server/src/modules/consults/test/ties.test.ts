import * as contract from '@moinha/contracts/consults'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember } from '../../identity/index.ts'
import { presenceOf } from '../../roster/index.ts'
import { idOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let doctor: TestClient
let specialist: TestClient
const specialistId = idOf('districtSpecialist')

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  specialist = await bed.as('districtSpecialist')
})
afterAll(() => bed.close())

const taken = async () => {
  const sent = await submitted(nurse)
  await specialist.call(contract.accept, { params: { id: sent.id } })
  return sent
}

describe('busy is the cases one is in', () => {
  const seen = () =>
    bed.platform.transact(systemActor, async (work) => (await presenceOf(work, [specialistId])).get(specialistId))
  const told = async () =>
    (await bed.owner.query('select told from roster.presence where person_id = $1', [specialistId])).rows[0]?.told

  beforeAll(async () => {
    await bed.owner.query(
      "insert into roster.open_page (socket_id, person_id, seen_at) values ('page', $1, now() + interval '1 hour')",
      [specialistId],
    )
    await bed.owner.query('insert into roster.presence (person_id) values ($1) on conflict do nothing', [specialistId])
  })
  afterAll(async () => void (await bed.owner.query("delete from roster.open_page where socket_id = 'page'")))

  it('a case cancelled in session leaves its doctor free, and screens are told', async () => {
    const { id } = await taken()
    expect([await seen(), await told()]).toEqual(['busy', 'busy'])
    await nurse.call(contract.cancel, { params: { id }, body: { reason: 'Người bệnh đã đỡ' } })
    expect([await seen(), await told()]).toEqual(['online', 'online'])
  })

  it('who is in two cases is free when the second is over, not the first', async () => {
    const [one, other] = [await taken(), await taken()]
    await nurse.call(contract.cancel, { params: { id: one.id }, body: { reason: 'Đã đỡ' } })
    expect(await seen()).toBe('busy')
    await nurse.call(contract.cancel, { params: { id: other.id }, body: { reason: 'Đã đỡ' } })
    expect(await seen()).toBe('online')
  })
})

describe('a request sent again', () => {
  it('after it was taken answers how it stands', async () => {
    const { id } = await taken()
    const again = await nurse.try(contract.submit, { params: { id }, body: {} })
    expect([again.status, again.body?.status, again.body?.rings.length]).toEqual([200, 'in_session', 1])
  })

  it('after it was withdrawn is refused', async () => {
    const { id } = await submitted(nurse)
    await nurse.call(contract.cancel, { params: { id }, body: { reason: 'Nhầm' } })
    expect((await nurse.try(contract.submit, { params: { id }, body: {} })).problem?.code).toBe('CONSULT_WRONG_STATE')
  })
})

describe('two colleagues at one draft', () => {
  it('the second is told who kept what, and nothing is overwritten', async () => {
    const { id } = await taken()
    const minutesId = randomUUID()
    const params = { id, minutesId }
    const first = wholeMinutes(await nurse.call(contract.get, { params: { id } }))
    const kept = await nurse.call(contract.saveMinutes, { params, body: first })
    const basedOn = kept.minutes?.contentHash ?? null
    const nurses = await nurse.call(contract.saveMinutes, {
      params,
      body: { ...first, plan: 'Theo dõi tại trạm', basedOn },
    })
    const late = await doctor.try(contract.saveMinutes, {
      params,
      body: { ...first, treatment: 'Nitroglycerin', basedOn },
    })
    expect(late.problem).toMatchObject({
      status: 409,
      code: 'MINUTES_SAVED_MEANWHILE',
      params: {
        by: castStaffMember('nurse').fullName,
        content: { plan: 'Theo dõi tại trạm' },
        contentHash: nurses.minutes?.contentHash,
      },
    })
    const mine = {
      ...first,
      plan: 'Theo dõi tại trạm',
      treatment: 'Nitroglycerin',
      basedOn: nurses.minutes?.contentHash ?? null,
    }
    expect((await doctor.call(contract.saveMinutes, { params, body: mine })).minutes?.content).toMatchObject({
      plan: 'Theo dõi tại trạm',
      treatment: 'Nitroglycerin',
    })
  })

  it('the same text sent twice is kept once; two at the very same moment leave one', async () => {
    const { id } = await taken()
    const params = { id, minutesId: randomUUID() }
    const body = wholeMinutes(await nurse.call(contract.get, { params: { id } }))
    await nurse.call(contract.saveMinutes, { params, body })
    expect((await nurse.try(contract.saveMinutes, { params, body })).status).toBe(200)
    const basedOn = (await nurse.call(contract.get, { params: { id } })).minutes?.contentHash ?? null
    const both = await Promise.all(
      [nurse, doctor].map((client, who) =>
        client.try(contract.saveMinutes, { params, body: { ...body, plan: `Bản ${who}`, basedOn } }),
      ),
    )
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 409])
  })
})

describe('how long one is rung', () => {
  it.each([
    ['urgent', 30],
    ['scheduled', 120],
  ] as const)('%s: what the policy says, in the preview and in the ring', async (urgency, seconds) => {
    const preview = await nurse.call(contract.previewRoute, { query: { specialty: 'internal', urgency } })
    expect(preview.candidates.map((line) => line.waitSeconds)).toEqual(preview.candidates.map(() => seconds))
    const { consult } = await submitted(nurse, { urgency })
    const [ring] = consult.rings
    expect(Date.parse(ring?.deadlineAt ?? '') - Date.parse(ring?.rungAt ?? '')).toBe(seconds * 1000)
  })

  it('the policy cannot lose its defaults, so that no ring lasts a made-up time', async () => {
    const lost = "delete from consults.escalation_policy where facility_id is null and urgency = 'urgent'"
    await expect(bed.owner.query(lost)).rejects.toThrow(/default .* stays/)
  })
})

it('minutes whose treatment ends before it began are incomplete', async () => {
  const { id } = await taken()
  const params = { id, minutesId: randomUUID() }
  const consult = await nurse.call(contract.get, { params: { id } })
  await nurse.call(contract.saveMinutes, { params, body: wholeMinutes(consult, { treatedTo: '2026-11-19' }) })
  expect((await nurse.try(contract.proposeMinutes, { params })).problem).toMatchObject({
    code: 'MINUTES_INCOMPLETE',
    params: { missing: ['TREATED_TO'] },
  })
})
