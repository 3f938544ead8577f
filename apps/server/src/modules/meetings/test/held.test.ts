import * as calls from '@moinha/contracts/calls'
import { meetingsThisYear } from '@moinha/contracts/indicators'
import * as contract from '@moinha/contracts/meetings'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { addDays } from '../../../platform/clock/vietnam-time.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { endEmptyMeetings } from '../actions/end-meeting.ts'
import { ngocHoi, poY } from './meeting-rows.ts'
import { create, enterRoom, join, minutesAfter, openPage, planned, present, typed } from './meeting-story.ts'

// The clock moves by minutes, the sockets and the database are real.
const clock = new FixedClock(new Date())
let bed: TestBed
let admin: TestClient
let lead: TestClient
let nurse: TestClient
let doctor: TestClient
beforeAll(async () => {
  bed = await openTestBed({ clock, config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  admin = await bed.as('unitAdmin')
  lead = await bed.as('dutyLead')
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
}, 120_000)
afterAll(() => bed.close())

/** A meeting that begins in ten minutes; those who are invited may enter. */
async function soon(): Promise<string> {
  const { meetingId } = await create(admin, typed(minutesAfter(clock.now(), 11)))
  return meetingId
}

async function enter(client: TestClient, id: string): Promise<Socket> {
  await join(client, id)
  const page = await openPage(bed, client)
  await enterRoom(page, id)
  return page
}

async function leave(page: Socket, client: TestClient, id: string): Promise<void> {
  const before = await present(client, id)
  page.disconnect()
  await expect.poll(() => present(client, id)).toBe(before - 1)
}

const minutesPass = (minutes: number) => clock.advanceMs(minutes * 60_000)
const end = (client: TestClient, id: string) => client.try(contract.end, { params: { id } })
const attendance = (client: TestClient, id: string) => client.call(contract.attendance, { params: { id } })
/** What the ledger has of a meeting, reversals taken off. */
async function counted(id: string): Promise<Record<string, number>> {
  const { rows } = await bed.owner.query<{ kind: string; facility_id: string; n: number }>(
    `select kind, facility_id, sum(sign)::int as n from indicators.activity where subject_id = $1
      group by kind, facility_id having sum(sign) <> 0`,
    [id],
  )
  return Object.fromEntries(rows.map((row) => [`${row.kind} ${row.facility_id}`, row.n]))
}
const held = { [`briefing_held ${ngocHoi}`]: 1, [`briefing_attended ${poY}`]: 1 }

describe('a held meeting', () => {
  it('is entered from a quarter of an hour before, and by nobody who is not invited', async () => {
    const { meetingId: id } = await create(admin, typed(minutesAfter(clock.now(), 30)))
    expect((await nurse.try(contract.join, { params: { id }, body: {} })).problem?.code).toBe('MEETING_NOT_OPEN_YET')
    const foreign = await (await bed.as('foreignNurse')).try(contract.join, { params: { id }, body: {} })
    expect(foreign.problem?.code).toBe('MEETING_UNKNOWN')
    const hosting = await join(admin, id)
    expect(hosting).toMatchObject({ visitId: id, host: true, enterAs: 'speaker', unit: { id: ngocHoi } })
    // the host is in: the door is open
    expect(await join(nurse, id)).toMatchObject({ host: false, unit: { id: poY } })
    const visit = await nurse.call(calls.getVisit, { params: { visitId: id } })
    expect(visit).toMatchObject({ kind: 'meeting', mayFinish: false })
    expect(visit.members.map((member) => member.role).sort()).toEqual(['host', 'participant'])
    const other = await nurse.try(contract.join, { params: { id }, body: { facilityId: ngocHoi } })
    expect(other.problem?.code).toBe('MEETING_UNIT_NOT_YOURS')
  })

  it('takes nobody back in who was shown out', async () => {
    const id = await soon()
    await enter(admin, id)
    await join(nurse, id)
    const { members } = await nurse.call(calls.getVisit, { params: { visitId: id } })
    const personId = members.find((member) => member.role === 'participant')?.personId ?? ''
    await admin.call(calls.removeFromRoom, { params: { visitId: id }, body: { personId } })
    const again = await nurse.try(contract.join, { params: { id }, body: {} })
    expect(again.problem).toMatchObject({ status: 403, code: 'MEETING_SHOWN_OUT' })
    expect((await nurse.try(calls.issueTicket, { params: { visitId: id } })).problem?.code).toBe('VISIT_UNKNOWN')
    await end(admin, id)
  })

  it('counts presence from real connections, returns once, and stands in the ledger for each unit', async () => {
    const id = await soon()
    const host = await enter(admin, id)
    minutesPass(11)
    const page = await enter(nurse, id)
    minutesPass(3)
    await leave(page, admin, id)
    minutesPass(4)
    await enter(nurse, id)
    const colleague = await enter(doctor, id)
    minutesPass(3)
    await nurse.call(contract.setHeads, { params: { id }, body: { facilityId: poY, heads: 7 } })
    expect((await attendance(nurse, id)).units.map((unit) => unit.unit.id)).toEqual([poY])
    const ended = await end(admin, id)
    expect(ended.body).toMatchObject({ byMe: true, held: true })
    const { units, counts } = await attendance(admin, id)
    const station = units.find((unit) => unit.unit.id === poY)
    expect(station).toMatchObject({ attended: true, late: false, minutes: 6, heads: 7, presentNow: false })
    expect(station?.spans).toHaveLength(2)
    expect(counts).toMatchObject({ invited: 2, attended: 2 })
    expect(await counted(id)).toEqual(held)
    host.disconnect()
    colleague.disconnect()
  })

  it('does not count the time a page was away before it came back', async () => {
    const id = await soon()
    await enter(admin, id)
    minutesPass(11)
    await join(nurse, id)
    const peer = randomUUID()
    const page = await openPage(bed, nurse)
    await enterRoom(page, id, peer)
    minutesPass(1)
    page.emit('call:leave', { visitId: id })
    await expect.poll(() => present(admin, id)).toBe(1)
    minutesPass(50)
    await enterRoom(page, id, peer)
    minutesPass(2)
    await end(admin, id)
    const station = (await attendance(admin, id)).units.find((unit) => unit.unit.id === poY)
    expect(station).toMatchObject({ attended: false, minutes: 3 })
    expect(station?.spans).toHaveLength(2)
    page.disconnect()
  })

  it('does not count who tries out the room the evening before', async () => {
    const { meetingId: id } = await create(admin, typed(minutesAfter(clock.now(), 23 * 60)))
    const pages = [await enter(admin, id), await enter(nurse, id)]
    minutesPass(10)
    const { units } = await attendance(admin, id)
    expect(units.map((unit) => [unit.presentNow, unit.joinedAt])).toEqual([
      [true, null],
      [true, null],
    ])
    expect((await end(admin, id)).problem?.code).toBe('MEETING_NOT_OPEN_YET')
    const finished = await admin.try(calls.finishVisit, { params: { visitId: id } })
    expect(finished.problem?.code).toBe('MEETING_NOT_OPEN_YET')
    // the meeting itself is still to come: answered, moved, and entered at its hour
    expect(await admin.call(contract.get, { params: { id } })).toMatchObject({
      status: 'planned',
      may: { end: false, edit: true, cancel: true, join: true },
    })
    const answer = { facilityId: poY, answer: 'yes' as const }
    expect(await nurse.call(contract.respond, { params: { id }, body: answer })).toMatchObject({ answer: 'yes' })
    const { version } = await admin.call(contract.get, { params: { id } })
    const change = { ...planned(typed(minutesAfter(clock.now(), 22 * 60))), scope: 'this' as const, version }
    expect(await admin.call(contract.edit, { params: { id }, body: change })).toMatchObject({ meetingId: id })
    for (const page of pages) await leave(page, admin, id)
    minutesPass(22 * 60)
    expect(await join(nurse, id)).toMatchObject({ unit: { id: poY } })
    expect((await end(admin, id)).body).toMatchObject({ held: false })
    expect((await attendance(admin, id)).counts).toMatchObject({ attended: 0 })
    expect(await counted(id)).toEqual({})
  })

  it('is cancelled after its room was tried out, alone or with its series; nobody stays in', async () => {
    for (const scope of ['this', 'all'] as const) {
      const { meetingId: id } = await create(admin, typed(minutesAfter(clock.now(), 23 * 60)))
      const page = await enter(admin, id)
      const body = { scope, reason: 'Trùng lịch' }
      expect(await admin.call(contract.cancel, { params: { id }, body })).toEqual({ cancelled: true })
      expect((await nurse.call(contract.get, { params: { id } })).status).toBe('cancelled')
      const inside = await admin.call(calls.getVisit, { params: { visitId: id } })
      expect(inside.members.filter((member) => member.present)).toEqual([])
      page.disconnect()
    }
  })

  it('counts an officer from above for the unit they work at, for the organiser only when that is said', async () => {
    const officer = await bed.as('officer')
    const id = await soon()
    expect(await join(officer, id)).toMatchObject({ host: true, unit: null })
    expect(await officer.call(contract.join, { params: { id }, body: { facilityId: ngocHoi } })).toMatchObject({
      unit: { id: ngocHoi },
    })
  })

  it('agrees in the report by units with the ledger: a meeting that does not count is in neither', async () => {
    const { day } = typed(clock.now())
    const report = async () => {
      const query = { facilityId: ngocHoi, from: '2026-01-01', to: addDays(day, 30) }
      const all = { ...query, facilityId: poY }
      const admins = await (await bed.as('systemAdmin')).call(contract.attendanceOfUnits, { query: all })
      return admins.items.find((item) => item.unit.id === poY) ?? { invited: 0, attended: 0 }
    }
    const before = await report()
    const id = await soon()
    const page = await enter(nurse, id)
    minutesPass(20)
    await end(admin, id)
    expect(await counted(id)).toEqual({})
    expect(await report()).toMatchObject({ invited: before.invited, attended: before.attended })
    const body = { attended: true, reason: 'Chủ trì dùng máy của trạm' }
    await admin.call(contract.correctAttendance, { params: { id, facilityId: ngocHoi }, body })
    expect(await report()).toMatchObject({ invited: before.invited + 1, attended: before.attended + 1 })
    page.disconnect()
  })

  it('was not held where all left before its hour and it ended by itself', async () => {
    const id = await soon()
    const pages = [await enter(admin, id), await enter(nurse, id)] as const
    minutesPass(7)
    await leave(pages[1], admin, id)
    await leave(pages[0], admin, id)
    minutesPass(60)
    await endEmptyMeetings(bed.platform.transact)
    expect((await end(admin, id)).body).toMatchObject({ endedBy: null, held: false })
    expect(await counted(id)).toEqual({})
  })

  it('does not count who comes hours after its end to a screen that was left on', async () => {
    const id = await soon()
    const host = await enter(admin, id)
    minutesPass(11 + 60 + 125)
    const late = await enter(nurse, id)
    minutesPass(20)
    const { units } = await attendance(admin, id)
    expect(units.find((unit) => unit.unit.id === poY)).toMatchObject({ presentNow: true, minutes: 0, joinedAt: null })
    expect((await end(admin, id)).body).toMatchObject({ held: false })
    const organiser = (await attendance(admin, id)).units.find((unit) => unit.organiser)
    // from when it was opened to two hours after its end; meetings begin at a whole minute
    expect([190, 191]).toContain(organiser?.minutes)
    host.disconnect()
    late.disconnect()
  })

  it('leaves what was written in its room to those who led it', async () => {
    const id = await soon()
    const page = await enter(admin, id)
    await join(nurse, id)
    const params = { visitId: id }
    const body = { id: randomUUID(), kind: 'text' as const, text: 'Đã gửi số liệu' }
    await nurse.call(calls.sendMessage, { params, body })
    minutesPass(12)
    await end(admin, id)
    expect((await admin.call(calls.listMessages, { params, query: {} })).items).toMatchObject([
      { text: 'Đã gửi số liệu' },
    ])
    expect((await nurse.try(calls.listMessages, { params, query: {} })).status).toBe(404)
    page.disconnect()
  })

  it('is ended by itself where a page was left on for half a day', async () => {
    const id = await soon()
    const pages = [await enter(admin, id), await enter(nurse, id)]
    const status = async () => (await nurse.call(contract.get, { params: { id } })).status
    minutesPass(11 + 60 + 11 * 60)
    await endEmptyMeetings(bed.platform.transact)
    expect(await status()).toBe('running')
    minutesPass(61)
    await endEmptyMeetings(bed.platform.transact)
    expect(await status()).toBe('ended')
    for (const page of pages) page.disconnect()
  })

  it('is ended once by two hosts at the same time; the other is told who did', async () => {
    const id = await soon()
    await enter(admin, id)
    await join(lead, id)
    const answers = await Promise.all([
      end(admin, id),
      end(lead, id),
      lead.try(calls.finishVisit, { params: { visitId: id } }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    const [first, second] = [(await end(admin, id)).body, (await end(lead, id)).body]
    expect(first.endedBy).toBe(second.endedBy)
    expect([first.byMe, second.byMe].filter(Boolean)).toHaveLength(1)
    expect((await nurse.try(contract.join, { params: { id }, body: {} })).problem?.code).toBe('MEETING_ENDED')
    // alone with itself it was not held
    expect(first.held).toBe(false)
    expect(await counted(id)).toEqual({})
  })

  it('is corrected by hand, and the ledger follows both ways', async () => {
    const id = await soon()
    await enter(admin, id)
    minutesPass(12)
    await end(admin, id)
    const correct = (attended: boolean) =>
      admin.call(contract.correctAttendance, {
        params: { id, facilityId: poY },
        body: { attended, reason: 'Dự qua điện thoại' },
      })
    const ofYear = async () => (await nurse.call(meetingsThisYear)).items.find((item) => item.unit.id === poY)?.attended
    const before = (await ofYear())?.briefing ?? 0
    expect(await correct(true)).toMatchObject({ held: true })
    expect(await counted(id)).toEqual(held)
    expect(await ofYear()).toMatchObject({ briefing: before + 1 })
    await correct(true)
    expect(await counted(id)).toEqual(held)
    expect(await correct(false)).toMatchObject({ held: false })
    expect(await counted(id)).toEqual({})
    expect(await ofYear()).toMatchObject({ briefing: before })
    const { units } = await attendance(admin, id)
    expect(units.find((unit) => unit.unit.id === poY)?.correction).toMatchObject({ attended: false })
  })

  it('ends by itself when all have left for long enough', async () => {
    const id = await soon()
    const page = await enter(admin, id)
    const other = await enter(nurse, id)
    minutesPass(18)
    await leave(other, admin, id)
    await leave(page, admin, id)
    minutesPass(29)
    await endEmptyMeetings(bed.platform.transact)
    const status = async () => (await nurse.call(contract.get, { params: { id } })).status
    expect(await status()).toBe('running')
    minutesPass(2)
    await endEmptyMeetings(bed.platform.transact)
    expect(await status()).toBe('ended')
    expect((await end(lead, id)).body).toMatchObject({ byMe: false, endedBy: null, held: true })
    expect(await counted(id)).toEqual(held)
  })
})

describe('minutes', () => {
  const agendaItemId = randomUUID()
  const text = (what: string, unitId: string | null = poY) => ({
    items: [{ agendaItemId, title: 'Tiêm chủng', text: 'Đạt 92 %. ' }],
    decisions: [{ id: randomUUID(), text: 'Tiêm vét tháng sau' }],
    actions: [{ id: randomUUID(), what, unitId, who: '', dueOn: null }],
    note: '',
  })

  it('are saved by revision, approved, locked, corrected as a new version; what is to do is carried on', async () => {
    const { seriesId, meetingId: id } = await create(admin, {
      ...typed(minutesAfter(clock.now(), 11)),
      rule: 'FREQ=DAILY',
    })
    await enter(admin, id)
    minutesPass(12)
    const save = (content: ReturnType<typeof text>, revision: number, client = admin) =>
      client.try(contract.saveMinutes, { params: { id }, body: { content, revision } })
    const content = text('Gửi danh sách trẻ chưa tiêm')
    expect((await save(content, 0)).body).toEqual({ revision: 1 })
    expect((await save(content, 0)).body).toEqual({ revision: 1 })
    const slower = await save(text('Khác'), 0, lead)
    expect(slower.problem).toMatchObject({ code: 'CHANGED_MEANWHILE', params: { current: { revision: 1 } } })
    expect((await save(content, 0, nurse)).problem?.code).toBe('MEETING_NOT_HOST')
    const approve = (revision: number) => admin.try(contract.approveMinutes, { params: { id }, body: { revision } })
    expect((await approve(1)).problem?.code).toBe('MEETING_NOT_ENDED')
    await end(admin, id)
    expect((await nurse.call(contract.minutes, { params: { id } })).status).toBe('none')
    expect((await approve(1)).body).toMatchObject({ status: 'approved', version: 1 })
    expect((await approve(1)).status).toBe(200)
    expect((await save(content, 2)).problem?.code).toBe('MEETING_MINUTES_LOCKED')
    expect((await nurse.call(contract.minutes, { params: { id } })).content.items[0]?.text).toBe('Đạt 92 %.')

    const next = (await admin.call(contract.get, { params: { id } })).nextId ?? ''
    const [carried] = (await nurse.call(contract.get, { params: { id: next } })).carried
    expect(carried).toMatchObject({ what: 'Gửi danh sách trẻ chưa tiêm', status: 'open', maySettle: true })
    const settle = (status: 'done' | 'dropped', version: number) =>
      nurse.try(contract.settleAction, { params: { id: carried?.id ?? '' }, body: { status, note: 'Đã gửi', version } })
    expect((await settle('dropped', 1)).problem?.code).toBe('MEETING_ACTION_NOT_YOURS')
    expect((await settle('done', 1)).body).toMatchObject({ status: 'done', note: 'Đã gửi' })
    expect((await settle('done', 1)).problem?.code).toBe('CHANGED_MEANWHILE')
    // reported at the next meeting, with what was noted
    const reported = (await nurse.call(contract.get, { params: { id: next } })).carried
    expect(reported).toMatchObject([{ status: 'done', note: 'Đã gửi' }])
    const later = (await admin.call(contract.get, { params: { id: next } })).nextId ?? ''
    expect((await nurse.call(contract.get, { params: { id: later } })).carried).toEqual([])
    // unless nobody came to that one
    minutesPass(28 * 60)
    expect((await nurse.call(contract.get, { params: { id: later } })).carried).toMatchObject([{ status: 'done' }])

    const body = { version: 1, reason: 'Sai tỉ lệ' }
    const draft = await admin.call(contract.correctMinutes, { params: { id }, body })
    expect(draft).toMatchObject({ status: 'draft', version: 1, reason: 'Sai tỉ lệ' })
    await save({ ...content, actions: [] }, draft.revision)
    await approve(draft.revision + 1)
    const second = await nurse.call(contract.minutes, { params: { id } })
    expect(second).toMatchObject({ version: 2, earlier: [{ version: 1 }] })
    expect(second.attendance?.absent).toHaveLength(1)
    const locked = bed.owner.query(`update meetings.minutes set content = '{}' where meeting_id = $1 and version = 1`, [
      id,
    ])
    await expect(locked).rejects.toThrow(/never changed/)
    expect(seriesId).not.toBe(id)
  })

  it('say who attended as it stood when they were approved, the same to all', async () => {
    const id = await soon()
    await enter(admin, id)
    minutesPass(20)
    await end(admin, id)
    const sheet = async (client: TestClient) => (await client.call(contract.minutes, { params: { id } })).attendance
    await admin.call(contract.saveMinutes, { params: { id }, body: { content: text('Gửi'), revision: 0 } })
    expect(await sheet(admin)).toBeNull()
    await admin.call(contract.approveMinutes, { params: { id }, body: { revision: 1 } })
    const kept = { invited: 2, attended: 1, present: [expect.stringContaining('Ngọc Hồi')] }
    expect(await sheet(nurse)).toMatchObject({ ...kept, absent: [expect.stringContaining('Pờ Y')] })
    const body = { attended: true, reason: 'Dự qua điện thoại' }
    await admin.call(contract.correctAttendance, { params: { id, facilityId: poY }, body })
    expect(await sheet(nurse)).toMatchObject(kept)
    expect(await sheet(admin)).toEqual(await sheet(nurse))
    // the station says no other number of heads from then on; the host may still put it right
    const heads = { params: { id }, body: { facilityId: poY, heads: 9 } }
    expect((await nurse.try(contract.setHeads, heads)).problem?.code).toBe('MEETING_MINUTES_LOCKED')
    expect(await admin.call(contract.setHeads, heads)).toMatchObject({ heads: 9 })
  })

  it('without text, or with a thing nobody is to do, are not approved', async () => {
    const id = await soon()
    await enter(admin, id)
    await end(admin, id)
    const params = { id }
    expect((await admin.try(contract.approveMinutes, { params, body: { revision: 0 } })).problem?.code).toBe(
      'MEETING_MINUTES_EMPTY',
    )
    await admin.call(contract.saveMinutes, { params, body: { content: text('Gửi', null), revision: 0 } })
    const { problem } = await admin.try(contract.approveMinutes, { params, body: { revision: 1 } })
    expect(problem).toMatchObject({ code: 'MEETING_ACTION_WITHOUT_WHO', fields: [{ path: 'content.actions.0.who' }] })
  })
})

describe('the second wall', () => {
  it('shows a meeting to its units, a draft of minutes to its organiser, and lets nobody write', async () => {
    const id = await soon()
    await admin.call(contract.saveMinutes, {
      params: { id },
      body: { content: { items: [], decisions: [], actions: [], note: 'Nháp' }, revision: 0 },
    })
    const reads = async (client: 'nurse' | 'unitAdmin' | 'foreignNurse') => {
      const actor = await bed.app.readActor((await bed.as(client)).cookie)
      return bed.platform.transact(actor, async ({ tx }) => {
        const meetings = await tx.selectFrom('meetings.meeting').select('id').where('id', '=', id).execute()
        const rows = await tx
          .selectFrom('meetings.invitation')
          .select('facility_id')
          .where('meeting_id', '=', id)
          .execute()
        const minutes = await tx.selectFrom('meetings.minutes').select('version').where('meeting_id', '=', id).execute()
        return [meetings.length, rows.length, minutes.length]
      })
    }
    expect(await reads('nurse')).toEqual([1, 1, 0])
    expect(await reads('unitAdmin')).toEqual([1, 2, 1])
    expect(await reads('foreignNurse')).toEqual([0, 0, 0])
    const actor = await bed.app.readActor(admin.cookie)
    const writing = bed.platform.transact(actor, ({ tx }) =>
      tx.updateTable('meetings.meeting').set({ title: 'Khác' }).where('id', '=', id).executeTakeFirst(),
    )
    expect((await writing).numUpdatedRows).toBe(0n)
    await bed.platform.transact(systemActor, async ({ tx }) => {
      expect(await tx.selectFrom('meetings.meeting').select('id').where('id', '=', id).execute()).toHaveLength(1)
    })
  })
})
