import * as contract from '@moinha/contracts/calls'
import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'
import { addMember, finishVisit, openVisit } from '../index.ts'
import { guestClient } from './guest-client.ts'

const lan = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
let bed: TestBed
let nurse: TestClient
let patient: TestClient
let address: string
let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead) }
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ clock, config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  nurse = await bed.as('nurse')
  patient = await bed.as('lan')
})
afterEach(() => {
  ahead = 0
  sockets.splice(0).forEach((socket) => socket.disconnect())
})
afterAll(() => bed.close())

async function openFor(): Promise<string> {
  const visitId = randomUUID()
  const members = [
    { personId: lan, role: 'patient' },
    { personId: nurseId, role: 'nurse', mayFinish: true },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}

const invitation = (change: object = {}) => ({
  guestId: randomUUID(),
  kind: 'interpreter' as const,
  name: 'Y Mai',
  minutes: 10,
  ...change,
})
const invite = (visitId: string, body = invitation()) => nurse.call(contract.inviteGuest, { params: { visitId }, body })
const newKey = (): string => randomBytes(24).toString('base64url')

/** A browser that enters by the link. */
async function enter(secret: string | null, key = newKey()) {
  const client = guestClient(bed.app)
  const answer = await client.try(contract.enterAsGuest, { body: { secret: secret ?? '', key } })
  return { client, answer, key }
}

async function connect(client: TestClient, auth: object = { guest: true }): Promise<Socket> {
  const socket = io(address, {
    extraHeaders: { cookie: client.cookie },
    auth,
    transports: ['websocket'],
    forceNew: true,
  })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}
const enterRoom = (socket: Socket, visitId: string) =>
  socket
    .timeout(5000)
    .emitWithAck('call:enter', { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }) as Promise<{
    ok: boolean
    code?: string
    participants?: object[]
  }>
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))
const notes = async (action: string, guestId: string) =>
  (
    await bed.owner.query<{ outcome: string; detail: { code?: string } | null; patient_id: string }>(
      'select outcome, detail, patient_id from audit.entry where action = $1 and subject_id = $2 order by id',
      [action, guestId],
    )
  ).rows

describe('an invitation', () => {
  test('is made once, however often it is sent, kept as a hash, and shown again to the host alone', async () => {
    const visitId = await openFor()
    const body = invitation()
    const [first, again] = [await invite(visitId, body), await invite(visitId, body)]
    expect(again).toEqual(first)
    expect(first).toMatchObject({ state: 'waiting', name: 'Y Mai', present: false })
    const kept = JSON.stringify(
      (await bed.owner.query('select * from calls.guest where id = $1', [first.guestId])).rows,
    )
    expect(kept).toContain('Y Mai')
    expect(kept).not.toContain(first.secret)
    const { guests } = await nurse.call(contract.listGuests, { params: { visitId } })
    expect(guests).toEqual([first])
    for (const route of [contract.listGuests] as const)
      expect((await patient.try(route, { params: { visitId } })).problem?.code).toBe('CALL_HOSTS_ONLY')
    const refused = await patient.try(contract.inviteGuest, { params: { visitId }, body: invitation() })
    expect(refused.problem?.code).toBe('CALL_HOSTS_ONLY')
    const elsewhere = await openFor()
    expect((await nurse.try(contract.inviteGuest, { params: { visitId: elsewhere }, body })).problem?.code).toBe(
      'ID_TAKEN',
    )
  })

  test('that bears the id of a person opens nothing of that person', async () => {
    const theirs = randomUUID()
    const members = [{ personId: lan, role: 'patient', mayFinish: true }]
    await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId: theirs, kind: 'test', members }))
    const made = await invite(await openFor(), invitation({ guestId: lan }))
    expect(made.guestId).not.toBe(lan)
    const { client } = await enter(made.secret)
    for (const route of [contract.getVisit, contract.listMessages, contract.issueTicket] as const)
      expect((await client.try(route, { params: { visitId: theirs } })).problem?.code).toBe('VISIT_UNKNOWN')
  })

  test('takes no name that looks like a doctor, and no wait above half an hour', async () => {
    const visitId = await openFor()
    const tried = async (change: object) =>
      (await nurse.try(contract.inviteGuest, { params: { visitId }, body: invitation(change) })).problem?.code
    expect(await tried({ name: 'BS Nguyễn Văn A' })).toBe('GUEST_NAME_TITLED')
    expect(await tried({ name: 'ВS Lan' })).toBe('GUEST_NAME_UNREADABLE')
    expect(await tried({ minutes: 31 })).toBe('INVALID_INPUT')
    expect(await tried({ minutes: 0 })).toBe('INVALID_INPUT')
  })
})

describe('a guest', () => {
  test('enters, is named as guest to everybody, and comes back after the minutes', async () => {
    const visitId = await openFor()
    const { secret, guestId } = await invite(visitId)
    const look = await bed.anonymous().call(contract.lookGuestLink, { body: { secret: secret ?? '' } })
    expect(look).toMatchObject({ kind: 'interpreter', name: 'Y Mai' })
    expect(look.invitedBy).not.toBe('')
    const { client, answer } = await enter(secret)
    expect(answer.body).toMatchObject({ guestId, visitId, name: 'Y Mai' })
    expect(String(answer.headers['set-cookie'])).toMatch(/^moinha\.guest=.*HttpOnly; SameSite=Lax/)
    const view = await client.call(contract.getVisit, { params: { visitId } })
    expect(view.mayFinish).toBe(false)
    expect(view.members.find((member) => member.personId === guestId)).toMatchObject({
      name: 'Y Mai',
      role: 'interpreter',
      guest: true,
    })
    ahead = 40 * 60_000
    expect((await client.call(contract.guestSelf)).guest).toMatchObject({ guestId, visitId })
    expect((await client.call(contract.issueTicket, { params: { visitId } })).visitId).toBe(visitId)
    const host = await connect(nurse, {})
    await enterRoom(host, visitId)
    const told = next<{ participant: object }>(host, 'call:joined')
    expect(await enterRoom(await connect(client), visitId)).toMatchObject({ ok: true })
    expect((await told).participant).toMatchObject({
      personId: guestId,
      name: 'Y Mai',
      role: 'interpreter',
      guest: true,
    })
    expect((await nurse.call(contract.listGuests, { params: { visitId } })).guests).toMatchObject([
      { guestId, state: 'entered', present: true, secret: null },
    ])
    const history = await bed.owner.query('select from calls.participation where person_id = $1', [guestId])
    expect(history.rowCount).toBe(1)
    expect(await notes('calls.enterAsGuest', guestId)).toMatchObject([{ outcome: 'done' }])
  })

  test('is bound to the browser that entered first: a second one is refused, a lost reply is asked for again', async () => {
    const visitId = await openFor()
    const { secret, guestId } = await invite(visitId)
    const { key, answer } = await enter(secret)
    expect((await enter(secret)).answer.problem?.code).toBe('GUEST_LINK_USED')
    const again = await enter(secret, key)
    expect(again.answer.headers['set-cookie']).toEqual(answer.headers['set-cookie'])
    expect(await notes('calls.enterAsGuest', guestId)).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', detail: { code: 'GUEST_LINK_USED' } },
    ])
  })

  test('two browsers at the same moment: one enters', async () => {
    const { secret } = await invite(await openFor())
    const tries = await Promise.all([enter(secret), enter(secret)])
    expect(tries.map(({ answer }) => answer.problem?.code ?? 'in').sort()).toEqual(['GUEST_LINK_USED', 'in'])
  })

  test('does not enter too late, by a withdrawn or a wrong link, into a finished visit, or beside themselves', async () => {
    const visitId = await openFor()
    const [late, withdrawn, own] = [await invite(visitId), await invite(visitId), await invite(visitId)]
    const refusedOf = async (secret: string | null) => (await enter(secret)).answer.problem?.code
    await nurse.call(contract.endGuest, { params: { visitId, guestId: withdrawn.guestId } })
    expect(await refusedOf(withdrawn.secret)).toBe('GUEST_LINK_ENDED')
    expect(await refusedOf(randomBytes(32).toString('base64url'))).toBe('GUEST_LINK_WRONG')
    const asMember = await patient.try(contract.enterAsGuest, { body: { secret: own.secret ?? '', key: newKey() } })
    expect(asMember.problem?.code).toBe('GUEST_IS_MEMBER')
    ahead = 10 * 60_000 + 1000
    expect(await refusedOf(late.secret)).toBe('GUEST_LINK_EXPIRED')
    ahead = 0
    await bed.platform.transact(systemActor, (work) => finishVisit(work, visitId))
    expect(await refusedOf(own.secret)).toBe('VISIT_FINISHED')
  })

  test('shown out: the pages close at once, the cookie opens nothing, and the link stays shut', async () => {
    const visitId = await openFor()
    const { secret, guestId } = await invite(visitId)
    const { client } = await enter(secret)
    const page = await connect(client)
    const host = await connect(nurse, {})
    await enterRoom(host, visitId)
    await enterRoom(page, visitId)
    const [removed, closed] = [next(page, 'call:removed'), next<{ code: string }>(page, 'live:closed')]
    const told: { reason: string }[] = []
    host.on('call:left', (message: { reason: string }) => void told.push(message))
    const end = () => nurse.call(contract.endGuest, { params: { visitId, guestId } })
    await end()
    await end()
    await removed
    expect((await closed).code).toBe('SIGN_IN_REQUIRED')
    // whatever the page's own end says, those who stay are told first that nobody comes back
    await expect.poll(() => told[0]).toMatchObject({ reason: 'left', participant: { personId: guestId, name: '' } })
    const [history] = (
      await bed.owner.query('select left_reason from calls.participation where person_id = $1', [guestId])
    ).rows
    expect(history).toEqual({ left_reason: 'left' })
    expect((await client.try(contract.getVisit, { params: { visitId } })).status).toBe(401)
    expect((await client.call(contract.guestSelf)).guest).toBeNull()
    expect((await enter(secret)).answer.problem?.code).toBe('GUEST_LINK_ENDED')
    await expect(connect(client)).rejects.toThrow('SIGN_IN_REQUIRED')
    await expect
      .poll(
        async () => (await bed.owner.query('select from calls.participant where person_id = $1', [guestId])).rowCount,
      )
      .toBe(0)
    expect(await notes('calls.endGuest', guestId)).toHaveLength(1)
  })

  test('a finished visit ends every guest of it', async () => {
    const visitId = await openFor()
    const { client } = await enter((await invite(visitId)).secret)
    const page = await connect(client)
    await enterRoom(page, visitId)
    const [finished, closed] = [next(page, 'call:finished'), next(page, 'live:closed')]
    await nurse.call(contract.finishVisit, { params: { visitId } })
    await finished
    await closed
    expect((await client.try(contract.issueTicket, { params: { visitId } })).status).toBe(401)
  })

  test('touches one visit and nothing else: no other visit, no ring, no finish, no own pages of the house', async () => {
    const visitId = await openFor()
    const { client } = await enter((await invite(visitId)).secret)
    const other = await openFor()
    expect((await client.try(contract.getVisit, { params: { visitId: other } })).problem?.code).toBe('VISIT_UNKNOWN')
    expect((await client.try(contract.issueTicket, { params: { visitId: other } })).problem?.code).toBe('VISIT_UNKNOWN')
    const page = await connect(client)
    expect(await enterRoom(page, other)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
    for (const route of [contract.finishVisit, contract.listGuests] as const)
      expect((await client.try(route, { params: { visitId } })).status).toBe(401)
    expect((await client.try(contract.myVisits)).status).toBe(401)
    const rung = await client.try(contract.ringMember, {
      params: { visitId },
      body: { ringId: randomUUID(), personId: lan },
    })
    expect(rung.status).toBe(401)
  })

  test('in a browser where somebody is signed in, is the guest on the guest’s page and that person elsewhere', async () => {
    const visitId = await openFor()
    const duc = await bed.as('duc')
    const { secret } = await invite(visitId)
    await duc.call(contract.enterAsGuest, { body: { secret: secret ?? '', key: newKey() } })
    expect((await duc.try(contract.getVisit, { params: { visitId } })).problem?.code).toBe('VISIT_UNKNOWN')
    const page = guestClient(bed.app)
    for (const [name, value] of duc.cookies) page.cookies.set(name, value)
    expect((await page.call(contract.getVisit, { params: { visitId } })).visitId).toBe(visitId)
    expect((await page.call(contract.myVisits)).visits).toEqual([])
  })
})

test('a visit has twelve who speak: the thirteenth is told, whether invited or late', async () => {
  const visitId = await openFor()
  const last = await invite(visitId)
  for (let more = 0; more < 10; more++)
    await bed.platform.transact(systemActor, (work) =>
      addMember(work, visitId, { personId: randomUUID(), role: 'specialist', name: 'Người khác' }),
    )
  const refused = await nurse.try(contract.inviteGuest, { params: { visitId }, body: invitation() })
  expect(refused.problem).toMatchObject({ status: 409, code: 'VISIT_SPEAKERS_FULL', params: { limit: 12 } })
  expect((await enter(last.secret)).answer.problem?.code).toBe('VISIT_SPEAKERS_FULL')
})
