import * as contract from '@moinha/contracts/roster'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, instantOf, localDateOf, weekdayOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { pageClosed, pageOpened, sweepPages } from '../actions/open-pages.ts'
import { dutyLeads, onDuty, presenceOf } from '../index.ts'

const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const tinh = facilityIdOf('kt-bvdk-tinh')
const nghia = demoPersonId(castStaffMember('districtSpecialist').key)
const today = localDateOf(new Date())
const monday = addDays(today, 1 - weekdayOf(today))
/** Far from the seeded fortnight. */
const free = addDays(monday, 70)

let bed: TestBed
let lead: TestClient
let admin: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  lead = await bed.as('dutyLead')
  admin = await bed.as('unitAdmin')
})
afterAll(() => bed.close())

const plan = (change: object = {}) => ({
  facilityId: ngocHoi,
  specialty: 'internal',
  personId: nghia,
  role: 'on_duty' as const,
  rank: 1,
  startsAt: instantOf(free, '07:00').toISOString(),
  endsAt: instantOf(addDays(free, 1), '07:00').toISOString(),
  note: '',
  ...change,
})
const save = (client: TestClient, id: string, body: ReturnType<typeof plan>) =>
  client.try(contract.saveShift, { params: { id }, body })
const week = (from: string) => lead.call(contract.week, { query: { facilityId: ngocHoi, from } })

describe('the demo’s roster', () => {
  it('covers today with the story’s people, in order', async () => {
    await bed.platform.transact(systemActor, async (work) => {
      const internal = await onDuty(work, { facilityId: ngocHoi, specialty: 'internal', at: work.now })
      expect(internal[0]).toMatchObject({ personId: nghia, role: 'on_duty', rank: 1, presence: 'offline' })
      const cardiology = await onDuty(work, { facilityId: tinh, specialty: 'cardiology', at: work.now })
      expect(cardiology.map((duty) => duty.role)).toEqual(['on_duty', 'on_duty', 'backup'])
      expect(cardiology[1]?.personId).toBe(demoPersonId(castStaffMember('provincialSpecialist').key))
      expect(await dutyLeads(work, { facilityId: ngocHoi, at: work.now })).toMatchObject([
        { personId: demoPersonId(castStaffMember('dutyLead').key) },
      ])
    })
  })

  it('has no gap in the coming week', async () => {
    expect((await week(today)).gaps).toEqual([])
  })
})

describe('planning', () => {
  it('shows an uncovered week as gaps, and a shift fills one', async () => {
    const before = await week(free)
    expect(before.gaps.filter((gap) => gap.specialty === 'internal')).toMatchObject([
      { startsAt: instantOf(free).toISOString(), endsAt: instantOf(addDays(free, 7)).toISOString() },
    ])
    const id = randomUUID()
    expect((await save(lead, id, plan())).status).toBe(200)
    expect((await save(lead, id, plan())).status).toBe(200)
    const after = await week(free)
    expect(after.shifts).toHaveLength(1)
    expect(after.gaps.filter((gap) => gap.specialty === 'internal').map((gap) => gap.startsAt)).toEqual([
      instantOf(free).toISOString(),
      instantOf(addDays(free, 1), '07:00').toISOString(),
    ])
  })

  it('refuses the same person in two places at once, also when two planners press together', async () => {
    const far = addDays(free, 21)
    const shift = (facilityId: string) =>
      plan({
        facilityId,
        specialty: 'emergency',
        personId: nghia,
        startsAt: instantOf(far).toISOString(),
        endsAt: instantOf(far, '12:00').toISOString(),
      })
    await bed.owner.query(
      `insert into identity.practitioner_role (id, person_id, facility_id, title, licence_no)
        values ($1, $2, $3, 'bác sĩ', 'x')`,
      [randomUUID(), nghia, tinh],
    )
    const system = await bed.as('systemAdmin')
    const answers = await Promise.all([
      save(lead, randomUUID(), shift(ngocHoi)),
      save(system, randomUUID(), shift(tinh)),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.problem).toMatchObject({
      code: 'SHIFT_OVERLAPS',
      params: { elsewhere: true },
    })
  })

  it('refuses the same person twice in one team, an end before the start, a stranger, a stale edit', async () => {
    const day = addDays(free, 30)
    const at = { startsAt: instantOf(day).toISOString(), endsAt: instantOf(day, '12:00').toISOString() }
    const id = randomUUID()
    const saved = await save(lead, id, plan(at))
    expect((await save(lead, randomUUID(), plan(at))).problem).toMatchObject({
      code: 'SHIFT_OVERLAPS',
      params: { elsewhere: false },
    })
    expect((await save(lead, randomUUID(), plan({ ...at, endsAt: at.startsAt }))).status).toBe(400)
    expect(
      (await save(lead, randomUUID(), plan({ ...at, personId: demoPersonId(castStaffMember('nurse').key) }))).problem
        ?.code,
    ).toBe('SHIFT_PERSON_NOT_STAFF')
    expect((await save(lead, id, { ...plan(at), ...{ version: saved.body.version } })).status).toBe(200)
    expect((await save(lead, id, { ...plan(at), ...{ version: saved.body.version } })).problem?.code).toBe(
      'CHANGED_MEANWHILE',
    )
    expect((await lead.call(contract.removeShift, { params: { id } })).done).toBe(true)
    // the id of a shift taken off is history
    for (const change of [{}, { version: 1 }])
      expect((await save(lead, id, { ...plan(at), ...change })).problem).toMatchObject({
        status: 409,
        code: 'ID_TAKEN',
      })
  })

  it('belongs to the unit’s planners', async () => {
    for (const key of ['nurse', 'districtSpecialist', 'foreignNurse'] as const)
      expect((await save(await bed.as(key), randomUUID(), plan())).status).toBe(403)
    expect((await lead.try(contract.week, { query: { facilityId: tinh, from: monday } })).status).toBe(403)
    expect((await save(lead, randomUUID(), plan({ facilityId: tinh }))).status).toBe(404)
    expect((await admin.call(contract.week, { query: { facilityId: ngocHoi, from: monday } })).mayManage).toBe(true)
  })

  it('lets two people change shifts, once however often it is sent', async () => {
    const id = randomUUID()
    const { shifts } = await week(today)
    const [one, other] = ['internal', 'paediatrics'].map((code) =>
      shifts.find(
        (shift) => shift.specialty === code && shift.startsAt === instantOf(addDays(today, 3), '07:00').toISOString(),
      ),
    )
    const body = { id, shiftId: one?.id ?? '', withShiftId: other?.id ?? '' }
    await lead.call(contract.swapShifts, { body })
    await Promise.all([1, 2].map(() => lead.call(contract.swapShifts, { body })))
    const reused = await lead.try(contract.swapShifts, {
      body: { ...body, shiftId: body.withShiftId, withShiftId: body.shiftId },
    })
    expect(reused.problem?.code).toBe('ID_TAKEN')
    const after = (await week(today)).shifts
    expect(after.find((shift) => shift.id === one?.id)?.personId).toBe(other?.personId)
    expect(after.find((shift) => shift.id === other?.id)?.personId).toBe(one?.personId)
  })

  it('copies a week; what is there already is left out and counted', async () => {
    const from = addDays(monday, 7)
    const to = addDays(monday, 56)
    const first = await lead.call(contract.copyWeek, { body: { facilityId: ngocHoi, from, to } })
    expect(first.copied).toBeGreaterThan(50)
    expect(await lead.call(contract.copyWeek, { body: { facilityId: ngocHoi, from, to } })).toEqual({
      copied: 0,
      leftOut: first.copied + first.leftOut,
    })
  })
})

describe('handover', () => {
  it('is read by the unit and by nobody else', async () => {
    const id = randomUUID()
    const doctor = await bed.as('districtSpecialist')
    const note = { id, facilityId: ngocHoi, specialty: 'internal', note: 'Giường 4 theo dõi huyết áp mỗi 2 giờ' }
    await doctor.call(contract.writeHandover, { body: note })
    await doctor.call(contract.writeHandover, { body: note })
    await lead.call(contract.readHandover, { params: { id } })
    expect((await lead.call(contract.handovers, { query: { facilityId: ngocHoi } })).items).toMatchObject([
      { id, readBy: [castStaffMember('dutyLead').fullName] },
    ])
    const stranger = await bed.as('provincialSpecialist')
    const { rows } = await bed.owner.query(
      "select detail from audit.entry where action = 'roster.readHandovers' and facility_id = $1",
      [ngocHoi],
    )
    expect(rows).toEqual([{ detail: { count: 1 } }])
    expect((await stranger.try(contract.handovers, { query: { facilityId: ngocHoi } })).status).toBe(403)
    expect((await stranger.try(contract.readHandover, { params: { id } })).status).toBe(404)
  })
})

describe('presence', () => {
  const transact = <T>(handler: (work: Work) => Promise<T>): Promise<T> => bed.platform.transact(systemActor, handler)
  const seen = () => transact(async (work) => (await presenceOf(work, [nghia])).get(nghia))

  it('follows open pages and the pause', async () => {
    const page = { socketId: 'page-1', personId: nghia, processId: bed.platform.processes.id, facilityIds: [ngocHoi] }
    await transact((work) => pageOpened(work, page))
    expect(await seen()).toBe('online')
    const doctor = await bed.as('districtSpecialist')
    expect(await doctor.call(contract.setPaused, { body: { paused: true } })).toEqual({
      presence: 'paused',
      paused: true,
    })
    await transact((work) => pageClosed(work, page))
    expect(await seen()).toBe('offline')
    await transact((work) => pageOpened(work, page))
    expect(await doctor.call(contract.myPresence)).toMatchObject({
      presence: 'paused',
      paused: true,
      onDutyUntil: expect.any(String),
    })
    await doctor.call(contract.setPaused, { body: { paused: false } })
  })

  it('expires when the process died', async () => {
    await bed.owner.query("update roster.open_page set seen_at = now() - interval '1 minute' where person_id = $1", [
      nghia,
    ])
    expect(await seen()).toBe('offline')
    await transact((work) => sweepPages(work))
    expect((await bed.owner.query('select from roster.open_page')).rowCount).toBe(0)
    expect((await bed.owner.query('select told from roster.presence where person_id = $1', [nghia])).rows).toEqual([
      { told: 'offline' },
    ])
  })
})
