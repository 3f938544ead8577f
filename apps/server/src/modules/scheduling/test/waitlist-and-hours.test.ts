import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const ducId = demoPersonId(castCitizens.duc.key)
const [child, mother] = castCitizens.lan.family
const nurseId = demoPersonId(castStaffMember('nurse').key)

const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let lan: TestClient, duc: TestClient, nurse: TestClient, foreign: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  lan = await bed.as('lan')
  duc = await bed.as('duc')
  nurse = await bed.as('nurse')
  foreign = await bed.as('foreignNurse')
})
afterAll(() => bed.close())
beforeEach(async () => {
  clock.set(at('2037-11-24T06:00'))
  await bed.owner.query(
    'truncate scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment_history, scheduling.appointment, scheduling.schedule_exception',
  )
})

/** The queue lives in the database's own time, which may be long before this test's clock. */
const daysAhead = 5_000 * 86_400
const slot = at('2037-11-24T09:00')
const wish = (patientId: string, start = slot) => ({
  id: randomUUID(),
  facilityId: poY,
  patientId,
  practitionerId: nurseId,
  start,
  kind: 'in_person' as const,
})
const wait = (patientId: string, more: object = {}) => ({
  id: randomUUID(),
  patientId,
  facilityId: poY,
  practitionerId: nurseId,
  kind: 'in_person' as const,
  fromDay: '2037-11-24',
  toDay: '2037-11-25',
  ...more,
})
const offerOf = async (client: TestClient) => (await client.call(contract.myWaitlist)).items[0]

describe('the waitlist', () => {
  test('a cancelled slot is held for the first who waits, then for the next, and taken as an appointment', async () => {
    const booked = await lan.call(contract.bookAppointment, { body: wish(lanId) })
    const childWait = await lan.call(contract.joinWaitlist, { body: wait(demoPersonId(child?.key ?? '')) })
    const ducWait = await duc.call(contract.joinWaitlist, { body: wait(ducId, { practitionerId: null }) })
    await lan.call(contract.cancelAppointment, { params: { id: booked.id }, body: {} })
    await bed.runJobs()
    const offered = await offerOf(lan)
    expect(offered).toMatchObject({
      id: childWait.id,
      state: 'offered',
      offer: { start: slot, until: at('2037-11-24T06:30'), worker: { personId: nurseId } },
    })
    expect((await offerOf(duc))?.state).toBe('waiting')
    // the held slot cannot be taken by anybody else, and is not shown as free
    expect((await duc.try(contract.bookAppointment, { body: wish(ducId) })).problem?.code).toBe('SLOT_TAKEN')
    expect(
      contract
        .freeTimesOf(
          await bed
            .anonymous()
            .call(contract.freeSlots, { params: { facilityId: poY }, query: { practitionerId: nurseId, days: '1' } }),
        )
        .map((one) => one.start),
    ).not.toContain(slot)
    expect(
      (await nurse.call(contract.dayList, { params: { facilityId: poY }, query: {} })).items.map((item) => item.state),
    ).toEqual(['cancelled'])

    await lan.call(contract.declineOffer, { params: { id: childWait.id } })
    await bed.runJobs()
    expect((await offerOf(lan))?.state).toBe('waiting')
    expect(await offerOf(duc)).toMatchObject({ id: ducWait.id, state: 'offered' })
    const { rows } = await bed.owner.query(
      `select detail from audit.entry where action = 'scheduling.readWaitlist' and actor_id = $1 order by id desc
        limit 1`,
      [ducId],
    )
    expect(rows).toEqual([{ detail: { count: 1 } }])
    const taken = await duc.call(contract.acceptOffer, { params: { id: ducWait.id } })
    expect(taken).toMatchObject({ state: 'requested', start: slot, origin: 'waitlist' })
    expect((await duc.call(contract.acceptOffer, { params: { id: ducWait.id } })).id).toBe(taken.id)
    await bed.runJobs(daysAhead)
    expect((await duc.call(contract.getAppointment, { params: { id: taken.id } })).state).toBe('requested')
  })

  test('an offer nobody answers goes to the next when its time is over; the job survives a restart', async () => {
    const booked = await lan.call(contract.bookAppointment, { body: wish(lanId) })
    await lan.call(contract.joinWaitlist, { body: wait(demoPersonId(mother?.key ?? '')) })
    await duc.call(contract.joinWaitlist, { body: wait(ducId) })
    await lan.call(contract.cancelAppointment, { params: { id: booked.id }, body: {} })
    await bed.runJobs()
    clock.set(at('2037-11-24T06:31'))
    await bed.runJobs(daysAhead)
    expect((await offerOf(lan))?.state).toBe('waiting')
    expect((await offerOf(duc))?.state).toBe('offered')
  })

  test('who stops waiting gives the held time on; a stranger cannot answer for one', async () => {
    const booked = await lan.call(contract.bookAppointment, { body: wish(lanId) })
    const entry = await duc.call(contract.joinWaitlist, { body: wait(ducId) })
    await lan.call(contract.cancelAppointment, { params: { id: booked.id }, body: {} })
    await bed.runJobs()
    expect((await lan.try(contract.acceptOffer, { params: { id: entry.id } })).problem?.code).toBe('WAIT_UNKNOWN')
    await duc.call(contract.leaveWaitlist, { params: { id: entry.id } })
    expect((await duc.call(contract.myWaitlist)).items).toEqual([])
    expect((await duc.try(contract.acceptOffer, { params: { id: entry.id } })).problem?.code).toBe('OFFER_GONE')
    expect((await lan.call(contract.bookAppointment, { body: wish(lanId) })).state).toBe('requested')
  })

  test('waiting twice for the same is once; days that are over are refused', async () => {
    const body = wait(lanId)
    expect(await lan.call(contract.joinWaitlist, { body })).toEqual(await lan.call(contract.joinWaitlist, { body }))
    expect((await lan.try(contract.joinWaitlist, { body: { ...body, id: randomUUID() } })).problem?.code).toBe(
      'ALREADY_WAITING',
    )
    expect(
      (await lan.try(contract.joinWaitlist, { body: wait(lanId, { fromDay: '2037-11-20', toDay: '2037-11-23' }) }))
        .problem?.code,
    ).toBe('WAIT_DAYS_WRONG')
    expect((await duc.try(contract.joinWaitlist, { body: wait(lanId) })).problem?.code).toBe('NOT_YOUR_FAMILY')
  })
})

describe('hours', () => {
  const facility = { facilityId: poY }
  const evening = (more: object = {}) => ({
    id: randomUUID(),
    practitionerId: nurseId,
    weekday: 2,
    from: '17:30',
    to: '18:30',
    slotMinutes: 30,
    kinds: ['remote_advice' as const],
    validFrom: '2037-11-24',
    ...more,
  })
  const free = async (day: string) =>
    contract
      .freeTimesOf(
        await bed
          .anonymous()
          .call(contract.freeSlots, { params: facility, query: { practitionerId: nurseId, from: day, days: '1' } }),
      )
      .map((one) => one.start)

  test('overlapping hours are refused, naming the clash', async () => {
    const { problem } = await nurse.try(contract.addHours, {
      params: facility,
      body: evening({ from: '11:00', to: '12:00' }),
    })
    expect(problem).toMatchObject({
      code: 'HOURS_OVERLAP',
      params: {
        clash: { weekday: 2, from: '07:00', to: '11:30', facilityName: expect.stringMatching(/Pờ Y/) as string },
      },
    })
    expect(
      (await nurse.try(contract.addHours, { params: facility, body: evening({ from: '18:00', to: '17:00' }) })).problem
        ?.code,
    ).toBe('HOURS_UPSIDE_DOWN')
    expect((await foreign.try(contract.addHours, { params: facility, body: evening() })).problem?.code).toBe(
      'SCHEDULE_FOREIGN',
    )
  })

  test('at the same moment only one of two overlapping edits wins', async () => {
    const both = await Promise.all(
      [evening({ weekday: 3 }), evening({ weekday: 3, from: '18:00', to: '18:45' })].map((body) =>
        nurse.try(contract.addHours, { params: facility, body }),
      ),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  test('a change holds from its day on; what was before stays readable', async () => {
    const hours = await nurse.call(contract.addHours, { params: facility, body: evening() })
    expect(await free('2037-11-24')).toContain(at('2037-11-24T17:30'))
    const change = {
      newId: randomUUID(),
      effectiveFrom: '2037-12-01',
      weekday: 2,
      from: '17:00',
      to: '18:00',
      slotMinutes: 20,
      kinds: ['remote_advice' as const],
    }
    const changed = await nurse.call(contract.changeHours, { params: { id: hours.id }, body: change })
    expect(await nurse.call(contract.changeHours, { params: { id: hours.id }, body: change })).toEqual(changed)
    expect(await free('2037-11-24')).toContain(at('2037-11-24T17:30'))
    expect(
      (await free('2037-12-01')).filter((start) => start >= at('2037-12-01T17:00') && start < at('2037-12-01T19:00')),
    ).toEqual([at('2037-12-01T17:00'), at('2037-12-01T17:20'), at('2037-12-01T17:40')])
    await nurse.call(contract.endHours, { params: { id: changed.id }, body: { lastDay: '2037-12-07' } })
    expect(await free('2037-12-08')).not.toContain(at('2037-12-08T17:00'))
  })

  test('a day off takes the slots away and says whom it strands; taken back, they return', async () => {
    await lan.call(contract.bookAppointment, { body: wish(lanId) })
    const body = {
      id: randomUUID(),
      practitionerId: nurseId,
      effect: 'off' as const,
      fromDay: '2037-11-24',
      toDay: '2037-11-24',
      from: '08:00',
      to: '10:00',
      reason: 'Họp huyện',
    }
    const { stranded } = await nurse.call(contract.addException, { params: facility, body })
    expect(stranded.map((one) => one.start)).toEqual([slot])
    expect((await free('2037-11-24')).slice(0, 4)).toEqual(
      ['07:00', '07:30', '10:00', '10:30'].map((time) => at(`2037-11-24T${time}`)),
    )
    await nurse.call(contract.withdrawException, { params: { id: body.id } })
    expect(await free('2037-11-24')).toContain(at('2037-11-24T08:00'))
  })

  test('extra hours open a time; over hours that stand they are refused', async () => {
    const extra = {
      id: randomUUID(),
      practitionerId: nurseId,
      effect: 'extra' as const,
      fromDay: '2037-11-24',
      toDay: '2037-11-24',
      from: '21:30',
      to: '22:30',
      slotMinutes: 30,
      kinds: ['remote_advice' as const],
      reason: 'Trực thêm',
    }
    await nurse.call(contract.addException, { params: facility, body: extra })
    expect(await free('2037-11-24')).toContain(at('2037-11-24T21:30'))
    for (const clash of [
      { from: '22:00', to: '23:00' },
      { from: '11:00', to: '12:00' },
    ]) {
      expect(
        (await nurse.try(contract.addException, { params: facility, body: { ...extra, id: randomUUID(), ...clash } }))
          .problem?.code,
      ).toBe('HOURS_OVERLAP')
    }
  })

  test('colleagues see a worker’s week', async () => {
    await lan.call(contract.bookAppointment, { body: wish(lanId) })
    const week = await nurse.call(contract.practitionerWeek, {
      params: { ...facility, practitionerId: nurseId },
      query: { from: '2037-11-23' },
    })
    expect(week.days).toHaveLength(7)
    expect(week.days[1]?.windows.length).toBeGreaterThanOrEqual(3)
    expect(week.appointments.map((one) => one.start)).toEqual([slot])
    const listed = await nurse.call(contract.listHours, { params: facility })
    expect(listed.workers.find((one) => one.personId === nurseId)?.hours.length).toBeGreaterThanOrEqual(21)
  })
})
