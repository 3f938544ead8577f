import * as calls from '@moinha/contracts/calls'
import * as consults from '@moinha/contracts/consults'
import * as identity from '@moinha/contracts/identity'
import { health } from '@moinha/contracts/platform'
import * as roster from '@moinha/contracts/roster'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { idOf, ngocHoi, submitted } from './consult-story.ts'
import type { OpenedPage } from '../../../platform/testing/open-page.ts'
import { freePort } from '../../../platform/testing/redis-for-tests.ts'
import { openFleet, type Fleet } from '../../../platform/testing/server-fleet.ts'
import { startServerProcess } from '../../../platform/testing/server-process.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'

let fleet: Fleet
let nurse: TestClient
let specialist: TestClient
let lead: TestClient
const pages: OpenedPage[] = []
beforeAll(async () => {
  fleet = await openFleet({ processes: 2 })
  nurse = await fleet.as('nurse', 0)
  specialist = await fleet.as('districtSpecialist', 1)
  lead = await fleet.as('dutyLead', 0)
}, 120_000)
afterEach(() => pages.splice(0).forEach((page) => page.close()))
afterAll(() => fleet.close(), 60_000)

async function open(client: TestClient, index: number): Promise<OpenedPage> {
  const page = await fleet.page(client, index)
  pages.push(page)
  return page
}
type Entered = { ok: true; participants: calls.Participant[] } | { ok: false; code: string }
const enter = (page: OpenedPage, visitId: string): Promise<Entered> =>
  page.socket
    .timeout(5_000)
    .emitWithAck('call:enter', {
      visitId,
      peer: randomUUID(),
      device: randomUUID(),
      transport: 'mesh',
    }) as Promise<Entered>
const presence = async () =>
  (await lead.call(roster.now, { query: { facilityId: ngocHoi } })).items.find(
    ({ personId }) => personId === idOf('districtSpecialist'),
  )?.presence
/** A visit of the whole cast, written past the product: what is tested is the room. */
async function visitOf(people: string[]): Promise<string> {
  const visitId = randomUUID()
  await fleet.owner.query("insert into calls.visit (id, kind, opened_at) values ($1, 'test', now())", [visitId])
  await fleet.owner.query(
    `insert into calls.member (visit_id, person_id, role, name, added_at) select $1, id, 'member', 'x', now()
      from unnest($2::uuid[]) id`,
    [visitId, people],
  )
  return visitId
}

describe('two processes are one house', () => {
  test('a doctor’s page at one makes them online at the other, rings there, and the answer is heard back', async () => {
    const station = await open(nurse, 0)
    const doctor = await open(specialist, 1)
    await expect.poll(presence, { timeout: 5_000 }).toBe('online')
    const rings = doctor.next<{ consultId: string }>('consult.ringing')
    const { id } = await submitted(nurse)
    expect(await rings).toMatchObject({ consultId: id })
    await specialist.call(consults.accept, { params: { id } })
    await expect
      .poll(() => station.heard.map(({ payload }) => payload))
      .toContainEqual(expect.objectContaining({ consultId: id, status: 'in_session' }))
    const { visitId } = await nurse.call(consults.get, { params: { id } })
    expect(await enter(station, visitId ?? '')).toMatchObject({ ok: true, participants: [] })
    const joined = station.next<{ participant: calls.Participant }>('call:joined')
    expect(await enter(doctor, visitId ?? '')).toMatchObject({ ok: true, participants: [{ personId: idOf('nurse') }] })
    expect((await joined).participant.personId).toBe(idOf('districtSpecialist'))
    const [there, back] = [doctor.next('call:signal'), station.next('call:signal')]
    station.socket.emit('call:signal', { visitId, to: doctor.socket.id, data: { epoch: 1 } })
    expect(await there).toMatchObject({ visitId, from: { personId: idOf('nurse') } })
    doctor.socket.emit('call:signal', { visitId, to: station.socket.id, data: { epoch: 2 } })
    expect(await back).toMatchObject({ visitId, from: { personId: idOf('districtSpecialist') } })
    const finished = doctor.next('call:finished')
    await nurse.call(calls.finishVisit, { params: { visitId: visitId ?? '' } })
    await finished
  }, 30_000)

  test('five come at once through two doors, four find a place', async () => {
    const keys = ['lan', 'nurse', 'stationDoctor', 'districtSpecialist', 'provincialSpecialist'] as const
    const people = await Promise.all(keys.map((key, index) => fleet.as(key, index % 2)))
    const ids = await Promise.all(people.map(async (client) => (await client.call(identity.me)).person?.id ?? ''))
    const visitId = await visitOf(ids)
    const opened = await Promise.all(people.map((client, index) => open(client, index % 2)))
    const answers = await Promise.all(opened.map((page) => enter(page, visitId)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(4)
    expect(answers.filter((answer) => !answer.ok)).toEqual([{ ok: false, code: 'CALL_FULL', params: { limit: 4 } }])
    const { members } = await nurse.call(calls.getVisit, { params: { visitId } })
    expect(members.filter((member) => member.present)).toHaveLength(4)
  }, 30_000)

  test('signing out at one closes the page at the other; too many pages are counted over both', async () => {
    const duc = await fleet.as('duc', 0)
    const page = await open(duc, 1)
    await duc.call(identity.signOut)
    await page.closed
    const again = await fleet.as('duc', 0)
    const opened: OpenedPage[] = []
    for (let index = 0; index < 13; index++) opened.push(await open(again, index % 2))
    await opened[0]?.closed
    expect(opened.filter((one) => one.socket.connected)).toHaveLength(12)
  }, 30_000)

  test('a code asked for at one is read and used at the other', async () => {
    const phone = '0912340099'
    const client = fleet.at(await fleet.as('lan', 0), 0)
    client.cookies.clear()
    await client.call(identity.sendOtp, { body: { phone } })
    const elsewhere = fleet.at(client, 1)
    const codeOf = async () => {
      const { items } = await elsewhere.call(identity.demoOutbox)
      return items.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).find(Boolean)
    }
    await expect.poll(codeOf, { timeout: 5_000 }).toBeDefined()
    const code = (await codeOf()) ?? ''
    await elsewhere.call(identity.verifyOtp, { body: { phone, code, fullName: 'Y Thử' } })
    const atFirst = fleet.at(elsewhere, 0)
    expect((await atFirst.call(identity.me)).person?.fullName).toBe('Y Thử')
  }, 30_000)

  test('neither opens more connections to the database than it says', async () => {
    const { parts } = await nurse.call(health)
    const most = Number(
      /at most (\d+) connections/.exec(parts.find(({ name }) => name === 'database')?.detail ?? '')?.[1],
    )
    expect(parts.find(({ name }) => name === 'realtime')?.detail).toBe('redis, 2 processes')
    await Promise.all(Array.from({ length: 100 }, (_, index) => fleet.at(nurse, index % 2).call(identity.me)))
    const { rows } = await fleet.owner.query<{ open: number }>(
      `select count(*)::int as open from pg_stat_activity where datname = current_database()
        and application_name like 'moinha%'
       and application_name <> 'moinha-test'`,
    )
    expect(rows[0]?.open).toBeLessThanOrEqual(2 * most)
  })

  test('a room is held across no network call: Redis may be silent while somebody enters', async () => {
    const visitId = await visitOf([idOf('nurse'), idOf('districtSpecialist')])
    const page = await open(nurse, 0)
    fleet.redis?.silence()
    expect(await enter(page, visitId)).toMatchObject({ ok: true })
    const { rowCount } = await fleet.owner.query(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
        and application_name = 'moinha'`,
    )
    expect(rowCount).toBe(0)
    fleet.redis?.restore()
  }, 30_000)

  test('Redis away for a while: the rest works on, and calls reach across again by themselves', async () => {
    const visitId = await visitOf([idOf('nurse'), idOf('districtSpecialist')])
    const [station, doctor] = [await open(nurse, 0), await open(specialist, 1)]
    fleet.redis?.takeAway()
    expect((await nurse.call(health)).status).toBe('ok')
    expect(await enter(station, visitId)).toMatchObject({ ok: true })
    const rings = doctor.next('consult.ringing')
    const { id } = await submitted(nurse)
    await rings
    await specialist.call(consults.accept, { params: { id } })
    fleet.redis?.restore()
    expect(await enter(doctor, visitId)).toMatchObject({ ok: true, participants: [{ personId: idOf('nurse') }] })
    await expect
      .poll(
        () => {
          doctor.socket.emit('call:signal', { visitId, to: station.socket.id, data: { epoch: 3 } })
          return station.heard.map(({ name }) => name)
        },
        { timeout: 10_000 },
      )
      .toContain('call:signal')
    const { visitId: ownVisit } = await nurse.call(consults.get, { params: { id } })
    await nurse.call(calls.finishVisit, { params: { visitId: ownVisit ?? '' } })
  }, 30_000)
})

describe('who may not stand beside them', () => {
  const third = async (settings: Record<string, string>) =>
    startServerProcess(await freePort(), settings).catch((error: Error) => error.message)

  test('one that does not share Redis, or signs with another key, is refused in words', async () => {
    const { REDIS_URL: _shared, ...alone } = fleet.settings
    // tried again by whoever started it: the one in its way may end
    expect(await third(alone)).toMatch(
      /exit code 75[^]*cần cùng REDIS_URL · process[^]*Several need the same REDIS_URL/,
    )
    const otherKey = { ...fleet.settings, AUTH_SECRET: 'another-secret-that-opens-no-session-here' }
    expect(await third(otherKey)).toMatch(/exit code 78[^]*AUTH_SECRET khác · process[^]*another AUTH_SECRET/)
  }, 120_000)
})

describe('one of two is killed', () => {
  test('its participants and presence lapse, its pages come back at the other, and the work goes on', async () => {
    const visitId = await visitOf([idOf('nurse'), idOf('districtSpecialist')])
    const [station, doctor] = [await open(nurse, 0), await open(specialist, 1)]
    await enter(station, visitId)
    await enter(doctor, visitId)
    await expect.poll(presence, { timeout: 5_000 }).toBe('online')
    const left = station.next<{ participant: calls.Participant; reason: string }>('call:left')
    await fleet.kill(1)
    const killed = performance.now()
    expect(await left).toMatchObject({ reason: 'dropped', participant: { personId: idOf('districtSpecialist') } })
    console.log(`participants of a killed process gone after ${(performance.now() - killed).toFixed(0)} ms`)
    await expect.poll(presence, { timeout: 15_000, interval: 250 }).toBe('offline')
    console.log(`its presence lapsed after ${(performance.now() - killed).toFixed(0)} ms`)
    const elsewhere = fleet.at(specialist, 0)
    const back = await open(elsewhere, 0)
    expect(await enter(back, visitId)).toMatchObject({ ok: true, participants: [{ personId: idOf('nurse') }] })
    const { id } = await submitted(nurse)
    await elsewhere.call(consults.accept, { params: { id } })
    await fleet.restart(1)
    expect((await fleet.at(specialist, 1).call(consults.get, { params: { id } })).status).toBe('in_session')
  }, 90_000)
})
