import * as contract from '@moinha/contracts/calls'
import type { Participant } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { openVisit } from '../index.ts'

const cast = ['nurse', 'stationDoctor', 'lan', 'duc'] as const satisfies CastKey[]
type Cast = (typeof cast)[number]
type Reply = { ok: true; participants: Participant[] } | { ok: false; code: string }

let bed: TestBed
let address: string
const clients = {} as Record<Cast, TestClient>
const ids = {} as Record<Cast, string>
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  for (const key of cast) {
    clients[key] = await bed.as(key)
    ids[key] = (await bed.app.readActor(clients[key].cookie)).personId ?? ''
  }
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
afterAll(() => bed.close())

async function connect(key: Cast): Promise<Socket> {
  const extraHeaders = { cookie: clients[key].cookie }
  const socket = io(address, { extraHeaders, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}
const enter = (socket: Socket, visitId: string, peer: string = randomUUID()): Promise<Reply> =>
  socket
    .timeout(5000)
    .emitWithAck('call:enter', { visitId, peer, device: randomUUID(), transport: 'mesh' }) as Promise<Reply>
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))

/** Nurse and station doctor lead, Lan and Đức are members. */
async function open(options: { lobby?: boolean; listenOnly?: boolean } = {}): Promise<string> {
  const visitId = randomUUID()
  const members = cast.map((key) => ({
    personId: ids[key],
    role: key,
    mayFinish: key === 'nurse' || key === 'stationDoctor',
  }))
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members, ...options }))
  return visitId
}
const view = (key: Cast, visitId: string) => clients[key].call(contract.getVisit, { params: { visitId } })

test('hands stand in the order they were raised, and a host lowers them', async () => {
  const visitId = await open()
  const page = await connect('nurse')
  await enter(page, visitId)
  const told = next<{ personId: string; raisedAt: string }>(page, 'call:hand')
  const hand = (key: Cast, raised: boolean) =>
    clients[key].call(contract.raiseHand, { params: { visitId }, body: { raised } })
  const first = await hand('duc', true)
  expect(await told).toEqual({ visitId, personId: ids.duc, raisedAt: first.raisedAt })
  expect((await hand('duc', true)).raisedAt).toBe(first.raisedAt)
  await hand('lan', true)
  const up = (await view('lan', visitId)).members.filter((member) => member.handRaisedAt !== null)
  expect(up.map((member) => member.personId).sort()).toEqual([ids.duc, ids.lan].sort())
  const refused = await clients.lan.try(contract.lowerHands, { params: { visitId }, body: {} })
  expect(refused.problem).toMatchObject({ status: 403, code: 'CALL_HOSTS_ONLY' })
  await clients.nurse.call(contract.lowerHands, { params: { visitId }, body: {} })
  expect((await view('lan', visitId)).members.every((member) => member.handRaisedAt === null)).toBe(true)
})

test('who waits at the door gets no ticket and no place until a host lets them in', async () => {
  const visitId = await open({ lobby: true })
  const [lan, nurse] = [await connect('lan'), await connect('nurse')]
  expect(await enter(nurse, visitId)).toMatchObject({ ok: true })
  expect((await view('lan', visitId)).waits).toBe(true)
  expect((await clients.lan.try(contract.issueTicket, { params: { visitId } })).problem).toMatchObject({
    code: 'CALL_WAIT_AT_DOOR',
  })
  expect(await enter(lan, visitId)).toEqual({ ok: false, code: 'CALL_WAIT_AT_DOOR' })
  // nor do they hear, write or ring through the door
  const body = { id: randomUUID(), kind: 'text' as const, text: 'Cho tôi vào với' }
  const tries = [
    await clients.lan.try(contract.listMessages, { params: { visitId }, query: {} }),
    await clients.lan.try(contract.sendMessage, { params: { visitId }, body }),
    await clients.lan.try(contract.ringMember, {
      params: { visitId },
      body: { ringId: randomUUID(), personId: ids.duc },
    }),
  ]
  expect(tries.map(({ problem }) => problem?.code)).toEqual(tries.map(() => 'CALL_WAIT_AT_DOOR'))
  const atDoor = next(nurse, 'call:waiting')
  const knock = (key: Cast) => clients[key].call(contract.knock, { params: { visitId } })
  expect((await knock('lan')).admitted).toBe(false)
  await atDoor
  await knock('duc')
  await knock('lan')
  const waiting = () => clients.nurse.call(contract.listWaiting, { params: { visitId } })
  expect((await waiting()).waiting.map((one) => one.personId)).toEqual([ids.lan, ids.duc])
  const admitted = next(lan, 'call:admitted')
  const admit = (key: Cast, personId?: string) =>
    clients[key].call(contract.admitMembers, { params: { visitId }, body: personId === undefined ? {} : { personId } })
  const both = await Promise.all([admit('nurse', ids.lan), admit('stationDoctor', ids.lan)])
  expect(both.map((one) => one.admitted).sort()).toEqual([0, 1])
  await admitted
  expect(await enter(lan, visitId)).toMatchObject({ ok: true })
  expect((await admit('nurse')).admitted).toBe(1)
  expect((await waiting()).waiting).toEqual([])
  expect((await knock('duc')).admitted).toBe(true)
})

test('who left the door is soon out of the list', async () => {
  const visitId = await open({ lobby: true })
  await clients.lan.call(contract.knock, { params: { visitId } })
  await bed.owner.query("update calls.member set knocked_at = now() - interval '61 seconds' where visit_id = $1", [
    visitId,
  ])
  const { waiting } = await clients.nurse.call(contract.listWaiting, { params: { visitId } })
  expect(waiting).toEqual([])
})

test('who may only listen takes nobody’s screen away', async () => {
  const visitId = await open({ listenOnly: true })
  const lan = await connect('lan')
  const peer = randomUUID()
  await enter(lan, visitId, peer)
  const body = { peer, on: true, takeOver: true }
  expect((await clients.lan.try(contract.present, { params: { visitId }, body })).problem?.code).toBe('CALL_HOSTS_ONLY')
})

test('one page shows to all: another takes over only on purpose, and is free to when the first has gone', async () => {
  const visitId = await open()
  const [lan, nurse] = [await connect('lan'), await connect('nurse')]
  const [lanPeer, nursePeer] = [randomUUID(), randomUUID()]
  await enter(lan, visitId, lanPeer)
  await enter(nurse, visitId, nursePeer)
  const show = (key: Cast, peer: string, on = true, takeOver = false) =>
    clients[key].try(contract.present, { params: { visitId }, body: { peer, on, takeOver } })
  expect((await show('lan', nursePeer)).problem).toMatchObject({ code: 'MEMBER_UNKNOWN' })
  expect((await show('lan', lanPeer)).problem).toBeUndefined()
  expect((await show('nurse', nursePeer)).problem).toMatchObject({ code: 'CALL_PRESENTED_BY_OTHER' })
  const told = next<object>(lan, 'call:presenting')
  expect((await show('nurse', nursePeer, true, true)).problem).toBeUndefined()
  expect(await told).toEqual({ visitId, presenter: { personId: ids.nurse, peer: nursePeer } })
  // the one who was taken over from ends nothing any more
  await show('lan', lanPeer, false)
  expect((await view('lan', visitId)).presenter).toEqual({ personId: ids.nurse, peer: nursePeer })
  const gone = next(lan, 'call:left')
  nurse.disconnect()
  await gone
  await expect.poll(async () => (await view('lan', visitId)).presenter).toBeNull()
  expect((await show('lan', lanPeer)).problem).toBeUndefined()
})

test('a host shows a member out, never another host; two at once are one', async () => {
  const visitId = await open()
  const lan = await connect('lan')
  await enter(lan, visitId)
  const out = next(lan, 'call:removed')
  const remove = (key: Cast, whom: Cast) =>
    clients[key].try(contract.removeFromRoom, { params: { visitId }, body: { personId: ids[whom] } })
  expect((await remove('lan', 'duc')).problem).toMatchObject({ code: 'CALL_HOSTS_ONLY' })
  expect((await remove('nurse', 'stationDoctor')).problem).toMatchObject({ code: 'CALL_HOSTS_ONLY' })
  const both = await Promise.all([remove('nurse', 'lan'), remove('stationDoctor', 'lan')])
  expect(both.map((one) => one.problem)).toEqual([undefined, undefined])
  await out
  expect(await enter(lan, visitId)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  // the other host, who still saw them, is told
  const late = await clients.nurse.try(contract.admitMembers, { params: { visitId }, body: { personId: ids.lan } })
  expect(late.problem).toMatchObject({ code: 'MEMBER_UNKNOWN' })
})

test('a host silences all others, closes the floor and gives it to one', async () => {
  const visitId = await open()
  const [lan, nurse] = [await connect('lan'), await connect('nurse')]
  await enter(lan, visitId)
  await enter(nurse, visitId)
  const muted = next(lan, 'call:muted')
  const all = { params: { visitId }, body: {} }
  expect((await clients.lan.try(contract.muteMembers, all)).problem).toMatchObject({ code: 'CALL_HOSTS_ONLY' })
  expect((await clients.nurse.call(contract.muteMembers, all)).muted).toBe(1)
  expect(await muted).toEqual({ visitId, personId: null, by: ids.nurse })
  const closed = next(lan, 'call:floor')
  await clients.nurse.call(contract.closeFloor, { params: { visitId }, body: { closed: true } })
  expect(await closed).toEqual({ visitId, closed: true })
  const parts = async () =>
    Object.fromEntries((await view('lan', visitId)).members.map((member) => [member.role, member.mediaRole]))
  const asMeant = { nurse: 'speaker', stationDoctor: 'speaker', duc: 'listener' }
  expect(await parts()).toEqual({ ...asMeant, lan: 'listener' })
  await clients.lan.call(contract.raiseHand, { params: { visitId }, body: { raised: true } })
  const heard = next(nurse, 'call:hand')
  const floor = (personId: string, maySpeak: boolean) =>
    clients.nurse.try(contract.giveFloor, { params: { visitId }, body: { personId, maySpeak } })
  await floor(ids.lan, true)
  await heard
  expect(await parts()).toEqual({ ...asMeant, lan: 'speaker' })
  expect((await floor(ids.stationDoctor, false)).problem).toMatchObject({ code: 'CALL_HOSTS_ONLY' })
})

test('who joins where one only listens is a listener, whoever leads is not', async () => {
  const visitId = await open({ listenOnly: true })
  const parts = (await view('lan', visitId)).members.map((member) => [member.role, member.mediaRole])
  expect(Object.fromEntries(parts)).toEqual({
    nurse: 'speaker',
    stationDoctor: 'speaker',
    lan: 'listener',
    duc: 'listener',
  })
})
