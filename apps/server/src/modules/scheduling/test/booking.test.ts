import { randomUUID } from 'node:crypto'
import { cancelEncounter } from '@moinha/contracts/records'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lanId = demoPersonId(castCitizens.lan.key)
const [child] = castCitizens.lan.family
const childId = demoPersonId(child?.key ?? '')
const nurseId = demoPersonId(castStaffMember('nurse').key)
const doctorId = demoPersonId(castStaffMember('stationDoctor').key)

// Tuesday 2037-11-24, 06:00 in Vietnam: the evening before in UTC. Long after any run of this test: jobs live in the
// database's own time.
const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let lan: TestClient, duc: TestClient, nurse: TestClient, doctor: TestClient, foreign: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  lan = await bed.as('lan')
  duc = await bed.as('duc')
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  foreign = await bed.as('foreignNurse')
})
afterAll(() => bed.close())
beforeEach(async () => {
  clock.set(at('2037-11-24T06:00'))
  await bed.owner.query(
    'truncate scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment_history, scheduling.appointment, scheduling.queue_counter',
  )
})

const wish = (start: string, more: object = {}) => ({
  id: randomUUID(),
  facilityId: poY,
  patientId: lanId,
  practitionerId: nurseId,
  start: at(start),
  kind: 'remote_advice' as const,
  reason: 'Đau đầu',
  ...more,
})
const book = (body: ReturnType<typeof wish>) => lan.call(contract.bookAppointment, { body })
const tryBook = (body: ReturnType<typeof wish>) => lan.try(contract.bookAppointment, { body })
const states = async () =>
  (
    await bed.owner.query<{ state: string }>('select state from scheduling.appointment order by starts_at, created_at')
  ).rows.map((row) => row.state)

describe('booking', () => {
  test('anyone sees who works at a station, by which licence, and when they are free', async () => {
    const schedule = await bed.anonymous().call(contract.stationSchedule, { params: { facilityId: poY } })
    const worker = schedule.workers.find((one) => one.personId === nurseId)
    expect(worker).toMatchObject({ fullName: 'Nàng Phương', title: 'điều dưỡng', degree: 'Cao đẳng điều dưỡng' })
    expect(worker?.licenceNo).toMatch(/DEMO/)
    expect(worker?.nextFree).toBe(at('2037-11-24T07:00'))
    const items = contract.freeTimesOf(
      await bed
        .anonymous()
        .call(contract.freeSlots, { params: { facilityId: poY }, query: { practitionerId: nurseId, days: '1' } }),
    )
    expect(items[0]).toMatchObject({ start: at('2037-11-24T07:00'), end: at('2037-11-24T07:30') })
    expect(items).toHaveLength(9 + 8 + 4)
  })

  test('stations and workers are found without diacritics', async () => {
    const names = async (q: string) =>
      (await bed.anonymous().call(contract.find, { query: { q } })).items.map(
        (item) => item.worker?.fullName ?? item.facilityName,
      )
    expect((await names('po y'))[0]).toMatch(/Pờ Y/)
    expect(await names('nang phuong')).toContain('Nàng Phương')
    expect(await names('bao bac si po y')).toContain('A Bảo')
    expect(await names('%')).not.toEqual([])
    expect(await names('zzzz')).toEqual([])
    const first = await bed.anonymous().call(contract.find, { query: { q: 'tram', limit: '2' } })
    const second = await bed
      .anonymous()
      .call(contract.find, { query: { q: 'tram', limit: '2', after: first.next ?? '' } })
    expect(first.items).toHaveLength(2)
    expect(second.items[0]?.facilityId).not.toBe(first.items[0]?.facilityId)
  })

  test('a citizen books, the station confirms, both see it with its history', async () => {
    const booked = await book(wish('2037-11-24T07:30'))
    expect(booked).toMatchObject({
      state: 'requested',
      start: at('2037-11-24T07:30'),
      end: at('2037-11-24T08:00'),
      patient: { fullName: 'Y Lan' },
      worker: { fullName: 'Nàng Phương' },
    })
    const confirmed = await nurse.call(contract.confirmAppointment, { params: { id: booked.id } })
    expect(confirmed.state).toBe('confirmed')
    const day = await nurse.call(contract.dayList, { params: { facilityId: poY }, query: { date: '2037-11-24' } })
    expect(day.items.map((item) => item.id)).toEqual([booked.id])
    expect(day.counts).toEqual({ confirmed: 1 })
    const mine = await lan.call(contract.getAppointment, { params: { id: booked.id } })
    expect(mine.history.map(({ state, by, byName }) => [state, by, byName])).toEqual([
      ['requested', 'citizen', 'Y Lan'],
      ['confirmed', 'station', 'Nàng Phương'],
    ])
  })

  test('a remote appointment gets its visit when it is confirmed', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    const members = async () =>
      (
        await bed.owner.query<{ person_id: string; may_finish: boolean }>(
          'select person_id, may_finish from calls.member where visit_id = $1 order by may_finish',
          [id],
        )
      ).rows
    expect(await members()).toEqual([])
    await nurse.call(contract.confirmAppointment, { params: { id } })
    expect(await members()).toEqual([
      { person_id: lanId, may_finish: false },
      { person_id: nurseId, may_finish: true },
    ])
  })

  test('sent twice it is one booking; another one under the same id is refused', async () => {
    const body = wish('2037-11-24T07:30')
    const [first, second] = [await book(body), await book(body)]
    expect(second).toEqual(first)
    expect(await states()).toEqual(['requested'])
    const other = await duc.try(contract.bookAppointment, {
      body: { ...body, patientId: demoPersonId(castCitizens.duc.key) },
    })
    expect(other.problem?.code).toBe('ID_TAKEN')
    const together = await Promise.all(
      Array.from({ length: 6 }, () =>
        tryBook({ ...wish('2037-11-24T09:00'), id: '018f3c2a-0000-7000-8000-000000000001' }),
      ),
    )
    expect(together.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200])
  })

  test('a family member may be booked for, someone else’s child may not', async () => {
    expect(await book(wish('2037-11-24T07:30', { patientId: childId }))).toMatchObject({
      patient: { fullName: 'A Khôi' },
    })
    const stranger = await duc.try(contract.bookAppointment, { body: wish('2037-11-24T08:00', { patientId: childId }) })
    expect(stranger).toMatchObject({ status: 403, problem: { code: 'NOT_YOUR_FAMILY' } })
    expect(await states()).toEqual(['requested'])
  })

  test.each([
    ['2037-11-24T05:30', 'SLOT_IN_PAST'],
    ['2037-11-24T07:40', 'SLOT_OUTSIDE_HOURS'],
    ['2037-11-24T12:00', 'SLOT_OUTSIDE_HOURS'],
    ['2038-06-01T07:00', 'SLOT_TOO_FAR'],
  ])('%s is refused with %s and what is free instead', async (start, code) => {
    const { problem } = await tryBook(wish(start))
    expect(problem?.code).toBe(code)
    expect(await states()).toEqual([])
  })

  test('only announced remote services are bookable', async () => {
    await bed.owner.query(
      "update facilities.tele_service set ended_on = '2026-11-01' where facility_id = $1 and service = 'health_advice'",
      [poY],
    )
    expect((await tryBook(wish('2037-11-24T07:30'))).problem?.code).toBe('SERVICE_NOT_ANNOUNCED')
    expect((await tryBook(wish('2037-11-24T07:30', { kind: 'in_person' }))).status).toBe(200)
    await bed.owner.query(
      "update facilities.tele_service set ended_on = null where facility_id = $1 and service = 'health_advice'",
      [poY],
    )
  })

  test('a patient cannot be in two places at one time', async () => {
    const first = await book(wish('2037-11-24T07:30'))
    const { problem } = await tryBook(wish('2037-11-24T07:30', { practitionerId: doctorId }))
    expect(problem).toMatchObject({ code: 'PATIENT_BUSY', params: { appointmentId: first.id } })
  })

  test('a taken slot is told with the nearest free times of the worker and of colleagues', async () => {
    await book(wish('2037-11-24T09:00', { patientId: childId }))
    const { status, problem } = await tryBook(wish('2037-11-24T09:00'))
    const nearest = problem?.params?.['nearest'] as { practitionerId: string; workerName: string; start: string }[]
    expect([status, problem?.code]).toEqual([409, 'SLOT_TAKEN'])
    expect(nearest.length).toBeGreaterThanOrEqual(3)
    expect(nearest.filter((time) => time.practitionerId === nurseId).map((time) => time.start)).toEqual([
      at('2037-11-24T08:00'),
      at('2037-11-24T08:30'),
      at('2037-11-24T09:30'),
    ])
    expect(nearest.some((time) => time.practitionerId !== nurseId && time.workerName !== '')).toBe(true)
  })

  test('the desk books for its own patients only, and its word needs no second yes', async () => {
    const { facilityId, ...body } = wish('2037-11-24T07:30')
    expect((await nurse.call(contract.bookAtDesk, { params: { facilityId }, body })).state).toBe('confirmed')
    const ducId = demoPersonId(castCitizens.duc.key)
    expect(
      (
        await nurse.try(contract.bookAtDesk, {
          params: { facilityId },
          body: { ...body, id: randomUUID(), patientId: ducId, start: at('2037-11-24T08:00') },
        })
      ).problem?.code,
    ).toBe('PATIENT_NOT_OF_STATION')
  })

  test('a record opened in an emergency makes nobody the station’s patient', async () => {
    const { patientId, ...wished } = { ...wish('2037-11-24T07:30'), patientId: randomUUID() }
    await bed.owner.query("insert into records.patient (id, full_name, sex) values ($1, 'A Cấp Cứu', 'male')", [
      patientId,
    ])
    await bed.owner.query(
      `insert into records.care_relationship (patient_id, person_id, reason, valid)
        values ($1, $2, 'break_glass', tstzrange(now(), now() + interval '1 day'))`,
      [patientId, nurseId],
    )
    const { facilityId, ...body } = { ...wished, patientId }
    expect((await nurse.try(contract.bookAtDesk, { params: { facilityId }, body })).problem?.code).toBe(
      'PATIENT_NOT_OF_STATION',
    )
    // who is carried in is taken in, and the unit sees them for a day
    await nurse.call(contract.walkIn, { params: { facilityId }, body: { id: randomUUID(), patientId } })
    const { rows } = await bed.owner.query(
      `select reason, upper_inf(valid) as lasting from records.care_relationship where patient_id = $1
        and facility_id = $2`,
      [patientId, facilityId],
    )
    expect(rows).toEqual([{ reason: 'appointment', lasting: false }])
    expect((await nurse.try(contract.bookAtDesk, { params: { facilityId }, body })).problem?.code).toBe(
      'PATIENT_NOT_OF_STATION',
    )
  })

  test('where the station says so, a booking is confirmed at once', async () => {
    await nurse.call(contract.saveBookingSettings, {
      params: { facilityId: poY },
      body: { autoConfirm: true, horizonDays: 60, offerMinutes: 30 },
    })
    expect((await book(wish('2037-11-24T07:30'))).state).toBe('confirmed')
    await nurse.call(contract.saveBookingSettings, {
      params: { facilityId: poY },
      body: { autoConfirm: false, horizonDays: 60, offerMinutes: 30 },
    })
  })
})

describe('another station', () => {
  test('sees and touches nothing', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    expect((await foreign.try(contract.getAppointment, { params: { id } })).status).toBe(404)
    expect((await duc.try(contract.getAppointment, { params: { id } })).status).toBe(404)
    expect((await foreign.try(contract.dayList, { params: { facilityId: poY }, query: {} })).status).toBe(403)
    for (const route of [contract.confirmAppointment, contract.arrive, contract.markNoShow])
      expect((await foreign.try(route, { params: { id } })).status).toBe(404)
    expect((await foreign.try(contract.cancelAppointment, { params: { id }, body: { reason: 'x' } })).status).toBe(404)
    const { facilityId, ...body } = wish('2037-11-24T08:00')
    expect((await foreign.try(contract.bookAtDesk, { params: { facilityId }, body })).status).toBe(403)
    expect(
      (await foreign.try(contract.walkIn, { params: { facilityId }, body: { id: randomUUID(), patientId: lanId } }))
        .status,
    ).toBe(403)
    expect((await foreign.try(contract.listHours, { params: { facilityId } })).problem?.code).toBe('SCHEDULE_FOREIGN')
    expect((await foreign.call(contract.dayList, { params: { facilityId: hoaiHai }, query: {} })).items).toEqual([])
    expect(await states()).toEqual(['requested'])
  })

  test('row-level security hides the rows themselves', async () => {
    await book(wish('2037-11-24T07:30'))
    const seenBy = async (facility: string) => {
      const { rows } = await bed.platform.transact(
        (await import('../../../platform/access/actor.ts')).createActor({
          kind: 'staff',
          personId: randomUUID(),
          grants: [],
          clinicalFacilityIds: [facility],
          proxyFor: [],
          personal: [],
        }),
        (work) =>
          work.tx
            .selectFrom('scheduling.appointment')
            .selectAll()
            .execute()
            .then((rows) => ({ rows })),
      )
      return rows.length
    }
    expect([await seenBy(poY), await seenBy(hoaiHai)]).toEqual([1, 0])
  })
})

describe('moving and cancelling', () => {
  test('the station moves to another worker: the citizen is told and says so, the room changes hands', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    await nurse.call(contract.confirmAppointment, { params: { id } })
    const moved = await nurse.call(contract.moveAppointment, {
      params: { id },
      body: { start: at('2037-11-24T09:00'), practitionerId: doctorId },
    })
    expect(moved).toMatchObject({
      state: 'moved',
      worker: { fullName: 'A Bảo' },
      movedFrom: { start: at('2037-11-24T07:30'), workerName: 'Nàng Phương' },
    })
    const members = await bed.owner.query<{ person_id: string }>(
      'select person_id from calls.member where visit_id = $1 and removed_at is null and may_finish',
      [id],
    )
    expect(members.rows).toEqual([{ person_id: doctorId }])
    expect((await lan.call(contract.acknowledgeMove, { params: { id } })).state).toBe('confirmed')
    expect((await lan.try(contract.acknowledgeMove, { params: { id } })).status).toBe(200)
  })

  test('a citizen’s own move waits for the station again; a lost race brings the nearest times', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    await nurse.call(contract.confirmAppointment, { params: { id } })
    expect(
      (
        await lan.call(contract.moveAppointment, {
          params: { id },
          body: { start: at('2037-11-24T08:00'), practitionerId: nurseId },
        })
      ).state,
    ).toBe('requested')
    await book(wish('2037-11-24T10:00', { patientId: childId }))
    const lost = await lan.try(contract.moveAppointment, {
      params: { id },
      body: { start: at('2037-11-24T10:00'), practitionerId: nurseId },
    })
    expect(lost.problem?.code).toBe('SLOT_TAKEN')
    expect(lost.problem?.params?.['nearest']).not.toEqual([])
    expect((await lan.call(contract.getAppointment, { params: { id } })).start).toBe(at('2037-11-24T08:00'))
  })

  test('a station says why it cancels; what is over stays over', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    expect((await nurse.try(contract.cancelAppointment, { params: { id }, body: { reason: ' ' } })).problem?.code).toBe(
      'CANCEL_REASON_MISSING',
    )
    expect(
      await nurse.call(contract.cancelAppointment, { params: { id }, body: { reason: 'Trạm mất điện' } }),
    ).toMatchObject({ state: 'cancelled', cancelledBy: 'station', cancelReason: 'Trạm mất điện' })
    expect((await nurse.try(contract.confirmAppointment, { params: { id } })).problem?.code).toBe('APPOINTMENT_STATE')
    expect((await lan.call(contract.myAppointments, { query: { when: 'upcoming' } })).items).toEqual([])
    expect((await lan.call(contract.myAppointments, { query: { when: 'past' } })).items.map((item) => item.id)).toEqual(
      [id],
    )
    const { rows } = await bed.owner.query(
      "select detail from audit.entry where action = 'scheduling.readMine' and actor_id = $1 order by id desc limit 1",
      [lanId],
    )
    expect(rows).toEqual([{ detail: { when: 'past', count: 1 } }])
    // the slot is free again
    expect((await book(wish('2037-11-24T07:30'))).state).toBe('requested')
  })

  test('nobody is a no-show before the time', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    expect((await nurse.try(contract.markNoShow, { params: { id } })).problem?.code).toBe('APPOINTMENT_STATE')
    clock.set(at('2037-11-24T07:50'))
    expect((await nurse.call(contract.markNoShow, { params: { id } })).state).toBe('no_show')
  })
})

describe('at the station', () => {
  test('arriving and walking in share one line of numbers without gaps, however many come at once', async () => {
    const booked = await Promise.all(
      ['07:00', '07:30', '08:00', '08:30'].map((time, index) => {
        const patientId = index % 2 ? childId : lanId
        const practitionerId = index % 2 ? doctorId : nurseId
        return book(wish(`2037-11-24T${time}`, { kind: 'in_person', patientId, practitionerId }))
      }),
    )
    const walkIns = Array.from({ length: 16 }, () => ({ id: randomUUID(), patientId: childId }))
    const all = await Promise.all([
      ...booked.map(({ id }) => nurse.call(contract.arrive, { params: { id } })),
      ...walkIns.map((body) => nurse.call(contract.walkIn, { params: { facilityId: poY }, body })),
      // the same ones sent again take no further number
      ...walkIns.slice(0, 5).map((body) => doctor.call(contract.walkIn, { params: { facilityId: poY }, body })),
    ])
    const numbers = [...new Map(all.map((one) => [one.id, one.queueNo])).values()].sort((a, b) => (a ?? 0) - (b ?? 0))
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    const refused = await nurse.try(contract.walkIn, {
      params: { facilityId: poY },
      body: { id: randomUUID(), patientId: randomUUID() },
    })
    expect(refused.problem?.code).toBe('PATIENT_NOT_OF_STATION')
    expect(
      (await nurse.call(contract.walkIn, { params: { facilityId: poY }, body: { id: randomUUID(), patientId: lanId } }))
        .queueNo,
    ).toBe(21)
  })

  test('starting opens the encounter, finishing it finishes the appointment', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    await nurse.call(contract.confirmAppointment, { params: { id } })
    clock.set(at('2037-11-24T07:29'))
    const encounterId = randomUUID()
    const started = await nurse.call(contract.startAppointment, { params: { id }, body: { encounterId } })
    expect(started).toMatchObject({ state: 'in_progress', encounterId })
    const again = await nurse.call(contract.startAppointment, { params: { id }, body: { encounterId: randomUUID() } })
    expect(again.encounterId).toBe(encounterId)
    const { rows } = await bed.owner.query(
      'select remote_mode, appointment_id, visit_id, practitioner_id from records.encounter where id = $1',
      [encounterId],
    )
    expect(rows).toEqual([{ remote_mode: 'HEALTH_ADVICE', appointment_id: id, visit_id: id, practitioner_id: nurseId }])
    const { encounterFinished } = await import('../../records/index.ts')
    const { systemActor } = await import('../../../platform/access/actor.ts')
    await bed.platform.transact(systemActor, (work) =>
      work.emit(encounterFinished, {
        encounterId,
        patientId: lanId,
        facilityId: poY,
        practitionerId: nurseId,
        remoteMode: 'HEALTH_ADVICE',
        referredUp: false,
        prescribed: false,
        finishedAt: clock.now(),
      }),
    )
    expect((await lan.call(contract.getAppointment, { params: { id } })).state).toBe('done')
    expect(
      (await bed.owner.query('select finished_at is not null as finished from calls.visit where id = $1', [id])).rows,
    ).toEqual([{ finished: true }])
  })

  const start = (id: string) =>
    nurse.call(contract.startAppointment, { params: { id }, body: { encounterId: randomUUID() } })
  const takeBack = (id: string | null) =>
    nurse.call(cancelEncounter, { params: { id: id ?? '' }, body: { version: 1, reason: 'Mở nhầm' } })
  const historyOf = async (id: string) =>
    (
      await bed.owner.query<{ state: string }>(
        'select state, actor_id from scheduling.appointment_history where appointment_id = $1 order by id',
        [id],
      )
    ).rows

  test('a remote encounter taken back leaves its appointment as agreed and the room open; starting opens another', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    await nurse.call(contract.confirmAppointment, { params: { id } })
    clock.set(at('2037-11-24T07:29'))
    const first = await start(id)
    await takeBack(first.encounterId)
    const back = await nurse.call(contract.getAppointment, { params: { id } })
    expect(back).toMatchObject({
      state: 'confirmed',
      encounterId: null,
      startedAt: null,
      worker: { fullName: 'Nàng Phương' },
    })
    expect(back.may).toEqual(expect.arrayContaining(['start', 'join']))
    expect((await historyOf(id)).at(-1)).toEqual({ state: 'confirmed', actor_id: nurseId })
    expect((await bed.owner.query('select finished_at from calls.visit where id = $1', [id])).rows).toEqual([
      { finished_at: null },
    ])
    const second = await start(id)
    expect(second).toMatchObject({ state: 'in_progress' })
    const { rows } = await bed.owner.query(
      'select id, status from records.encounter where appointment_id = $1 order by started_at, status',
      [id],
    )
    expect(rows).toEqual([
      { id: first.encounterId, status: 'cancelled' },
      { id: second.encounterId, status: 'in_progress' },
    ])
  })

  test('a walk-in whose encounter was taken back keeps the number and is nobody’s again', async () => {
    const { id, queueNo } = await nurse.call(contract.walkIn, {
      params: { facilityId: poY },
      body: { id: randomUUID(), patientId: childId },
    })
    const first = await start(id)
    await takeBack(first.encounterId)
    expect(await nurse.call(contract.getAppointment, { params: { id } })).toMatchObject({
      state: 'arrived',
      queueNo,
      encounterId: null,
      worker: null,
    })
    expect((await historyOf(id)).map((row) => row.state)).toEqual(['arrived', 'in_progress', 'arrived'])
    const second = await doctor.call(contract.startAppointment, { params: { id }, body: { encounterId: randomUUID() } })
    expect(second).toMatchObject({ state: 'in_progress', worker: { fullName: 'A Bảo' } })
    expect(second.encounterId).not.toBe(first.encounterId)
  })

  test('a citizen starts nothing', async () => {
    const { id } = await book(wish('2037-11-24T07:30'))
    expect(
      (await lan.try(contract.startAppointment, { params: { id }, body: { encounterId: randomUUID() } })).status,
    ).toBe(403)
    expect((await lan.try(contract.confirmAppointment, { params: { id } })).status).toBe(403)
  })
})
