import * as contract from '@moinha/contracts/meetings'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { addDays, formatInstant, instantOf, localDateOf, weekdayOf } from '../../../platform/clock/vietnam-time.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { remindOf } from '../actions/remind.ts'
import { ngocHoi, poY } from './meeting-rows.ts'
import { create, planned, typed } from './meeting-story.ts'

const clock = new FixedClock(new Date())
let bed: TestBed
let admin: TestClient
let officer: TestClient
let nurse: TestClient
let stranger: TestClient
beforeAll(async () => {
  bed = await openTestBed({ clock })
  admin = await bed.as('unitAdmin')
  officer = await bed.as('officer')
  nurse = await bed.as('nurse')
  stranger = await bed.as('foreignNurse')
}, 120_000)
afterAll(() => bed.close())

const tomorrow = addDays(localDateOf(new Date()), 1)
const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const weekly = `FREQ=WEEKLY;BYDAY=${codes[weekdayOf(tomorrow) - 1] ?? ''}`
const refused = async (change: Parameters<typeof create>[1], client = admin) =>
  (await client.try(contract.create, { body: planned(change) })).problem
const rowsOf = async (seriesId: string) =>
  (
    await bed.owner.query<{ id: string; status: string; starts_at: Date; title: string; reason: string | null }>(
      `select id, status, starts_at, title, cancel_reason as reason from meetings.meeting where series_id = $1
        order by starts_at`,
      [seriesId],
    )
  ).rows
const view = (client: TestClient, id: string) => client.call(contract.get, { params: { id } })
/** What `edit` wants back of a meeting. */
const again = ({ seriesId: _, organiserId: __, ...rest }: ReturnType<typeof planned>) => rest

describe('a meeting', () => {
  it('shows to those who are invited, and to nobody else', async () => {
    const { meetingId, unitsInvited } = await create(admin)
    expect(unitsInvited).toBe(1)
    const seen = await view(nurse, meetingId)
    expect(seen).toMatchObject({ unitsInvited: 1, recurring: false, myUnits: [{ id: poY }], invitees: { units: [] } })
    expect(seen.may).toMatchObject({ join: false, respond: true, edit: false, host: false })
    const upcoming = await nurse.call(contract.list, { query: { when: 'upcoming' } })
    expect(upcoming.items.map((line) => line.id)).toContain(meetingId)
    const foreign = await stranger.call(contract.list, { query: { when: 'upcoming' } })
    expect(foreign.items.map((line) => line.id)).not.toContain(meetingId)
    expect((await stranger.try(contract.get, { params: { id: meetingId } })).problem?.code).toBe('MEETING_UNKNOWN')
  })

  it('is planned once, however often it is sent', async () => {
    const body = planned()
    const first = await admin.call(contract.create, { body })
    expect(await admin.call(contract.create, { body })).toEqual(first)
    expect(await rowsOf(body.seriesId)).toHaveLength(1)
    const taken = await (await bed.as('dutyLead')).try(contract.create, { body })
    expect(taken.problem?.code).toBe('ID_TAKEN')
    const hasty = planned()
    const answers = await Promise.all(Array.from({ length: 4 }, () => admin.call(contract.create, { body: hasty })))
    expect(new Set(answers.map(({ meetingId }) => meetingId)).size).toBe(1)
    expect(await rowsOf(hasty.seriesId)).toHaveLength(1)
  })

  it('invites an area by the map, only units of the type asked for, and named people', async () => {
    const invitees = {
      areaIds: [facilityIdOf('qng-syt')],
      areaTypes: ['commune_station' as const],
      personIds: [demoPersonId('cast/provincialSpecialist')],
    }
    const { meetingId, unitsInvited } = await create(officer, { organiserId: facilityIdOf('qng-syt'), invitees })
    const { rows } = await bed.owner.query<{ n: number }>(
      `select count(*)::int as n from facilities.current_path root join facilities.current_path p on p.path <@ root.path
        join facilities.unit u on u.id = p.facility_id and u.type = 'commune_station' where root.facility_id = $1`,
      [facilityIdOf('qng-syt')],
    )
    expect(unitsInvited).toBe(rows[0]?.n)
    expect(unitsInvited).toBeGreaterThan(1)
    const named = await view(await bed.as('provincialSpecialist'), meetingId)
    expect(named).toMatchObject({ myUnits: [], answers: [] })
    expect((await view(officer, meetingId)).answers).toHaveLength(unitsInvited)
  })

  it('of too many units, of foreign areas, in the past or by a rule without sense is refused clearly', async () => {
    const many = Array.from({ length: 5000 }, () => randomUUID())
    expect(await refused({ invitees: { unitIds: many } })).toMatchObject({
      code: 'MEETING_TOO_MANY_UNITS',
      params: { units: 5000, max: 300 },
    })
    expect(await refused({ invitees: { unitIds: [randomUUID()] } })).toMatchObject({ code: 'MEETING_UNIT_UNKNOWN' })
    const before = await settings()
    await save({ ...before, maxUnits: 3 })
    const wide = { organiserId: facilityIdOf('qng-syt'), invitees: { areaIds: [facilityIdOf('qng-syt')] } }
    const problem = await refused(wide, officer)
    expect(problem).toMatchObject({ code: 'MEETING_TOO_MANY_UNITS', params: { max: 3 } })
    expect(problem?.params?.['units']).toBeGreaterThan(3)
    await save({ ...before, version: (await settings()).version })
    expect(await refused({ invitees: { areaIds: [facilityIdOf('gl-syt')] } })).toMatchObject({
      code: 'MEETING_AREA_FOREIGN',
    })
    expect(await refused({ organiserId: facilityIdOf('gl-syt') })).toMatchObject({ code: 'MEETING_ORGANISER_FOREIGN' })
    expect(await refused({ invitees: {} })).toMatchObject({ code: 'MEETING_INVITES_NOBODY' })
    expect(await refused({ day: '2020-01-01' })).toMatchObject({ code: 'MEETING_IN_THE_PAST' })
    expect(await refused({ rule: 'FREQ=DAILY;INTERVAL=9999' })).toMatchObject({ code: 'MEETING_RULE_WRONG' })
    const other = codes[weekdayOf(tomorrow) % 7] ?? ''
    expect(await refused({ rule: `FREQ=WEEKLY;BYDAY=${other}` })).toMatchObject({ code: 'MEETING_RULE_SKIPS_START' })
  })

  const params = { facilityId: facilityIdOf('qng-syt') }
  const settings = async () => {
    const { inherited: _, ...own } = await officer.call(contract.settings, { params })
    return own
  }
  const save = (body: Awaited<ReturnType<typeof settings>>) => officer.call(contract.saveSettings, { params, body })
})

describe('a series', () => {
  it('is planned some weeks ahead, goes on by a job over the months, and is shown before it is sent', async () => {
    const body = planned({ rule: weekly })
    const { organiserId, day, time, rule, invitees } = body
    const preview = await admin.call(contract.preview, {
      body: { organiserId, day, time, rule: rule ?? null, invitees },
    })
    expect(preview).toMatchObject({ unitsInvited: 1, complete: false })
    expect(preview.dates).toHaveLength(12)
    await admin.call(contract.create, { body })
    const before = await rowsOf(body.seriesId)
    expect(before.length).toBeGreaterThanOrEqual(6)
    expect(before.length).toBeLessThanOrEqual(8)
    // as if the last planned week had come
    await bed.owner.query(`update meetings.series set planned_until = current_date where id = $1`, [body.seriesId])
    await bed.owner.query(
      `delete from meetings.invitation where meeting_id in (select id from meetings.meeting
      where series_id = $1 and rule_day > current_date + 10)`,
      [body.seriesId],
    )
    await bed.owner.query(`delete from meetings.meeting where series_id = $1 and rule_day > current_date + 10`, [
      body.seriesId,
    ])
    await bed.owner.query(`select graphile_worker.add_job('meetings.planAhead', '{}')`)
    await bed.runJobs()
    const after = await rowsOf(body.seriesId)
    expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id))
    expect(new Set(after.map((row) => typed(row.starts_at).time))).toEqual(new Set(['08:00']))
  })

  it('has one meeting moved without the others', async () => {
    const body = planned({ rule: weekly })
    await admin.call(contract.create, { body })
    const [, second] = await rowsOf(body.seriesId)
    const id = second?.id ?? ''
    const day = addDays(typed(second?.starts_at ?? new Date()).day, 1)
    const change = { ...again(body), day, time: '14:00', title: 'Dời sang chiều', scope: 'this' as const, version: 1 }
    const edited = await admin.call(contract.edit, { params: { id }, body: change })
    expect(edited).toMatchObject({ meetingId: id, version: 2 })
    expect((await admin.try(contract.edit, { params: { id }, body: change })).problem?.code).toBe('CHANGED_MEANWHILE')
    expect(await view(nurse, id)).toMatchObject({ title: 'Dời sang chiều', changedAlone: true })
    expect((await rowsOf(body.seriesId)).filter((row) => row.title === 'Giao ban').length).toBeGreaterThan(3)
    const file = await nurse.send<string>({ method: 'GET', url: `/api/meetings/series/${body.seriesId}/calendar.ics` })
    expect(String(file.headers['content-type'])).toContain('text/calendar')
  })

  it('is changed from one meeting on: what was is left, what no longer is falls away', async () => {
    const body = planned({ rule: weekly })
    await admin.call(contract.create, { body })
    const [first, second, third] = await rowsOf(body.seriesId)
    const id = second?.id ?? ''
    const { day } = typed(second?.starts_at ?? new Date())
    const change = {
      ...again(body),
      day,
      time: '09:00',
      rule: `${weekly};INTERVAL=2`,
      scope: 'following' as const,
      version: 1,
    }
    await admin.call(contract.edit, { params: { id }, body: change })
    const rows = new Map((await rowsOf(body.seriesId)).map((row) => [row.id, row]))
    const rowOf = (row: { id: string } | undefined) => rows.get(row?.id ?? '')
    const timeOf = (row: { id: string } | undefined) => typed(rowOf(row)?.starts_at ?? new Date()).time
    expect(timeOf(first)).toBe('08:00')
    expect(timeOf(second)).toBe('09:00')
    expect(rowOf(third)).toMatchObject({ status: 'cancelled', reason: null })
    const upcoming = await nurse.call(contract.list, { query: { when: 'upcoming', limit: 100 } })
    expect(upcoming.items.map((line) => line.id)).not.toContain(third?.id)
  })

  it('is cancelled: one, then all that are to come; a second time changes nothing', async () => {
    const body = planned({ rule: weekly })
    const { meetingId } = await admin.call(contract.create, { body })
    const cancel = (scope: 'this' | 'all', reason: string) =>
      admin.call(contract.cancel, { params: { id: meetingId }, body: { scope, reason } })
    await cancel('this', 'Trùng lịch tiêm chủng')
    await cancel('this', 'Lý do khác')
    expect(await view(nurse, meetingId)).toMatchObject({ status: 'cancelled', cancelReason: 'Trùng lịch tiêm chủng' })
    await cancel('all', 'Nghỉ hẳn')
    expect(new Set((await rowsOf(body.seriesId)).map((row) => row.status))).toEqual(new Set(['cancelled']))
    await bed.owner.query(`select graphile_worker.add_job('meetings.planAhead', '{}')`)
    await bed.runJobs()
    expect(new Set((await rowsOf(body.seriesId)).map((row) => row.status))).toEqual(new Set(['cancelled']))
    const entering = await nurse.try(contract.join, { params: { id: meetingId }, body: {} })
    expect(entering.problem?.code).toBe('MEETING_CANCELLED')
  })
})

describe('an invitation', () => {
  it('is answered for one’s own unit; the organiser sees all answers', async () => {
    const { meetingId } = await create(admin)
    const answer = (client: TestClient, facilityId: string) =>
      client.try(contract.respond, {
        params: { id: meetingId },
        body: { facilityId, answer: 'yes', attendees: 'Y Blui, A Thiu', expectedHeads: 4 },
      })
    expect((await answer(nurse, poY)).body).toMatchObject({ answer: 'yes', expectedHeads: 4 })
    expect((await answer(nurse, ngocHoi)).problem?.code).toBe('MEETING_UNIT_NOT_YOURS')
    const seen = await view(admin, meetingId)
    expect(seen.answerCounts).toEqual({ yes: 1, no: 0, open: 0 })
    expect(seen.answers[0]).toMatchObject({ attendees: 'Y Blui, A Thiu' })
  })

  it('reminds by text those who come, without a word about anybody', async () => {
    const { meetingId } = await create(admin)
    const body = { facilityId: poY, answer: 'yes' as const }
    await nurse.call(contract.respond, { params: { id: meetingId }, body })
    const startsAt = instantOf(tomorrow, '08:00').toISOString()
    const tell = () =>
      bed.platform.transact(systemActor, (work) => remindOf(work, { meetingId, which: 'day', startsAt }))
    const texts = () =>
      bed.owner.query<{ body: string }>(`select body from identity.sms_outbox where purpose = 'meeting_reminder'`)
    clock.set(instantOf(tomorrow, '05:00'))
    await tell()
    expect((await texts()).rows).toEqual([])
    clock.set(instantOf(addDays(tomorrow, -1), '12:00'))
    await tell()
    const told = (await texts()).rows.map((row) => row.body).join()
    expect(told).toContain(`họp giao ban lúc ${formatInstant(new Date(startsAt))}`)
    expect(told).not.toMatch(/Y Blui|Giao ban/)
  })

  it('is reminded of as its organiser said, and no more once that was taken back', async () => {
    const jobs = async (id: string) =>
      (
        await bed.owner.query<{ key: string; at: Date }>(
          `select split_part(key, ':', 3) as key, run_at as at from graphile_worker.jobs
            where key like 'meetings.remind:' || $1 || ':%' order by run_at`,
          [id],
        )
      ).rows.map(({ key, at }) => [key, at.toISOString()])
    const before = (minutes: number) =>
      new Date(instantOf(tomorrow, '08:00').getTime() - minutes * 60_000).toISOString()
    clock.set(new Date())
    const body = planned({ remind: { dayBefore: false, minutesBefore: 120 } })
    const { meetingId } = await admin.call(contract.create, { body })
    expect(await jobs(meetingId)).toEqual([['soon', before(120)]])
    const seen = await view(admin, meetingId)
    expect(seen.remind).toEqual({ dayBefore: false, minutesBefore: 120 })
    const plain = await create(admin)
    expect((await jobs(plain.meetingId)).at(-1)).toEqual(['soon', before(15)])
    await nurse.call(contract.respond, { params: { id: meetingId }, body: { facilityId: poY, answer: 'yes' } })
    const change = { ...again(body), remind: { dayBefore: false, minutesBefore: 0 }, version: seen.version }
    await admin.call(contract.edit, { params: { id: meetingId }, body: { ...change, scope: 'this' } })
    const told = await textsOf('meeting_reminder')
    clock.set(instantOf(addDays(tomorrow, -1), '12:00'))
    const startsAt = instantOf(tomorrow, '08:00').toISOString()
    await bed.platform.transact(systemActor, (work) => remindOf(work, { meetingId, which: 'soon', startsAt }))
    expect(await textsOf('meeting_reminder')).toBe(told)
  })

  it('names people of any unit, found without marks; a text goes only where the unit pays for it', async () => {
    clock.set(instantOf(addDays(tomorrow, -1), '12:00'))
    const { items } = await admin.call(contract.invitablePeople, { query: { q: 'tran' } })
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ name }) => /tran/i.test(name.normalize('NFD').replace(/\p{M}/gu, '')))).toBe(true)
    expect((await admin.call(contract.invitablePeople, { query: { q: 't' } })).items).toEqual([])
    expect((await admin.call(contract.invitablePeople, { query: { q: '%%' } })).items).toEqual([])
    const personIds = [demoPersonId('cast/nurse')]
    await create(admin, { invitees: { unitIds: [poY], personIds } })
    expect(await textsOf('meeting_invitation')).toBe(0)
    const { inherited: _, ...settings } = await admin.call(contract.settings, { params: { facilityId: ngocHoi } })
    const change = { ...settings, textInvitations: true }
    await admin.call(contract.saveSettings, { params: { facilityId: ngocHoi }, body: change })
    await create(admin, { invitees: { unitIds: [poY], personIds } })
    expect(await textsOf('meeting_invitation')).toBe(1)
  })
})

const textsOf = async (purpose: string) =>
  Number(
    (
      await bed.owner.query<{ n: string }>('select count(*) as n from identity.sms_outbox where purpose = $1', [
        purpose,
      ])
    ).rows[0]?.n,
  )
