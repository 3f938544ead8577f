import type { Participant } from '@moinha/contracts/calls'
import { finishVisit } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import { createParticipationLog, type ParticipationLogParts } from '../actions/enter-room.ts'
import { lockRoom } from '../store/participation-rows.ts'
import { finishVisit as finish, openVisit, removeMember, visitState } from '../index.ts'

const cast = [
  'lan',
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
] as const satisfies CastKey[]
type Cast = (typeof cast)[number]
type Reply = { ok: true; participants: Participant[] } | { ok: false; code: string }

const noEngine = { livekit: null, alive: [], known: [], state: 'none', detail: '' } as const

let bed: TestBed
let address: string
const cookies = {} as Record<Cast | 'duc', string>
const ids = {} as Record<Cast | 'duc', string>
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  for (const key of [...cast, 'duc'] as const) {
    cookies[key] = (await bed.as(key)).cookie
    ids[key] = (await bed.app.readActor(cookies[key])).personId ?? ''
  }
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
afterAll(() => bed.close())

async function connect(key: Cast | 'duc'): Promise<Socket> {
  const socket = io(address, { extraHeaders: { cookie: cookies[key] }, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}

const enter = (socket: Socket, visitId: string, device: string = randomUUID(), transport = 'mesh'): Promise<Reply> =>
  socket.timeout(5000).emitWithAck('call:enter', { visitId, peer: randomUUID(), device, transport }) as Promise<Reply>
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))

async function open(): Promise<string> {
  const visitId = randomUUID()
  const members = cast.map((key) => ({ personId: ids[key], role: key, mayFinish: key === 'nurse' }))
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}

test('who enters is told who is in, and the others are told; signals pass only within the room', async () => {
  const visitId = await open()
  const [lan, nurse, doctor] = [await connect('lan'), await connect('nurse'), await connect('stationDoctor')]
  expect(await enter(lan, visitId)).toEqual({ ok: true, personId: ids.lan, participants: [] })
  const told = next<{ participant: Participant }>(lan, 'call:joined')
  expect(await enter(nurse, visitId)).toMatchObject({ ok: true, participants: [{ personId: ids.lan, role: 'lan' }] })
  expect((await told).participant).toMatchObject({ personId: ids.nurse })
  const heard: unknown[] = []
  nurse.on('call:signal', (message: unknown) => heard.push(message))
  const data = { epoch: 0, candidate: { candidate: 'x' } }
  doctor.emit('call:signal', { visitId, to: nurse.id, data: { ...data, epoch: 9 } })
  lan.emit('call:signal', { visitId, to: nurse.id, data })
  await next(nurse, 'call:signal')
  expect(heard).toEqual([{ visitId, from: expect.objectContaining({ personId: ids.lan }), data }])
})

test('the same person on a second device is asked first; moving tells the first, using both leaves it in', async () => {
  const visitId = await open()
  const [phone, laptop, nurse] = [await connect('lan'), await connect('lan'), await connect('nurse')]
  const enterAs = (socket: Socket, ownDevices: string, device: string = randomUUID()) =>
    socket
      .timeout(5000)
      .emitWithAck('call:enter', {
        visitId,
        peer: randomUUID(),
        device,
        transport: 'mesh',
        ownDevices,
      }) as Promise<Reply>
  const phoneTab = randomUUID()
  expect(await enterAs(phone, 'ask', phoneTab)).toMatchObject({ ok: true })
  expect(await enterAs(laptop, 'ask')).toEqual({ ok: false, code: 'CALL_ELSEWHERE' })
  // the phone's own tab, loaded anew, and other people are no other device of hers
  expect(await enterAs(phone, 'ask', phoneTab)).toMatchObject({ ok: true })
  expect(await enterAs(nurse, 'ask')).toMatchObject({ ok: true, participants: [{ personId: ids.lan }] })
  const told = next<{ visitId: string }>(phone, 'call:replaced')
  expect(await enterAs(laptop, 'move')).toMatchObject({ ok: true, participants: [{ personId: ids.nurse }] })
  expect(await told).toEqual({ visitId })
  expect(await enterAs(phone, 'ask', phoneTab)).toEqual({ ok: false, code: 'CALL_ELSEWHERE' })
  expect(await enterAs(phone, 'both', phoneTab)).toMatchObject({ ok: true })
})

test('what a page calls itself proves nothing: nobody is put out by another person who uses their names', async () => {
  const visitId = await open()
  const [nurse, lan] = [await connect('nurse'), await connect('lan')]
  const names = { peer: randomUUID(), device: randomUUID() }
  const enterBy = (socket: Socket, own: Partial<typeof names>): Promise<Reply> =>
    socket
      .timeout(5000)
      .emitWithAck('call:enter', { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh', ...own })
  expect(await enterBy(nurse, names)).toMatchObject({ ok: true })
  const heard: string[] = []
  nurse.on('call:replaced', () => heard.push('replaced'))
  expect(await enterBy(lan, { peer: names.peer })).toEqual({ ok: false, code: 'ID_TAKEN' })
  expect(await enterBy(lan, { device: names.device })).toMatchObject({
    ok: true,
    participants: [{ personId: ids.nurse }],
  })
  // in large letters it is the same visit
  const other = await connect('stationDoctor')
  expect(await enter(other, visitId.toUpperCase())).toMatchObject({ ok: true, participants: { length: 2 } })
  expect(heard).toEqual([])
})

test('who waits to be let in while the visit is finished, or while they are shown out, stays outside', async () => {
  const visitId = await open()
  const [lan, doctor] = [await connect('lan'), await connect('stationDoctor')]
  const entering = await bed.platform.transact(systemActor, async (work) => {
    await removeMember(work, visitId, ids.stationDoctor)
    const waiting = enter(doctor, visitId)
    await new Promise((done) => setTimeout(done, 300))
    return { waiting }
  })
  expect(await entering.waiting).toMatchObject({ ok: false })
  const late = await bed.platform.transact(systemActor, async (work) => {
    await finish(work, visitId)
    const waiting = enter(lan, visitId)
    await new Promise((done) => setTimeout(done, 300))
    return { waiting }
  })
  expect(await late.waiting).toEqual({ ok: false, code: 'VISIT_FINISHED' })
  const { rows } = await bed.owner.query('select 1 from calls.participant where visit_id = $1', [visitId])
  expect(rows).toEqual([])
})

test('a page that goes away while it waits to be let in is announced to nobody, and is not there', async () => {
  const visitId = await open()
  const [nurse, lan] = [await connect('nurse'), await connect('lan')]
  await enter(nurse, visitId)
  const heard: string[] = []
  nurse.on('call:joined', ({ participant }: { participant: Participant }) => heard.push(participant.personId))
  await bed.platform.transact(systemActor, async ({ tx }) => {
    await lockRoom(tx, visitId)
    void enter(lan, visitId).catch(() => undefined)
    await new Promise((done) => setTimeout(done, 300))
    lan.disconnect()
    await new Promise((done) => setTimeout(done, 100))
  })
  // said after hers: whatever is to be heard of her has been heard by then
  const doctor = await connect('stationDoctor')
  const others = async () => {
    doctor.emit('call:leave', { visitId })
    const entered = await enter(doctor, visitId)
    return entered.ok ? entered.participants.map(({ personId }) => personId) : entered
  }
  await expect.poll(others).toEqual([ids.nurse])
  expect(heard).not.toContain(ids.lan)
})

test('a leaving that the database refused is written in the log, and tried once more', async () => {
  const visitId = await open()
  const page = { visitId, socketId: randomUUID(), peer: randomUUID() }
  const said: string[] = []
  let refusals = 1
  const parts: ParticipationLogParts = {
    ...bed.platform,
    transact: (actor, handler, action) =>
      action === 'call:leave' && refusals-- > 0
        ? Promise.reject(new Error('the database is away'))
        : bed.platform.transact(actor, handler, action),
    log: { warn: (_: unknown, text?: unknown) => void said.push(String(text)) },
  }
  const log = createParticipationLog(parts, () => noEngine)
  const actor = await bed.app.readActor(cookies.nurse)
  const entry = { ...page, device: randomUUID(), transport: 'mesh', ownDevices: 'ask' } as const
  await log.enter(actor, { ...entry, cookie: cookies.nurse })
  await log.left({ ...page, personId: ids.nurse, reason: 'dropped' })
  expect(said).toEqual(['a page left a room and it was not written down; tried once more'])
  const { rows } = await bed.owner.query('select 1 from calls.participant where visit_id = $1', [visitId])
  expect(rows).toEqual([])
})

test('who enters the room of a visit leaves a row that names its patient', async () => {
  const visitId = await open()
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
      select $1, $2, home_facility_id, $3, tstzrange(now(), now() + interval '15 minutes'), 'remote_advice',
        'confirmed', 'citizen'
      from records.patient where id = $2`,
    [visitId, ids.lan, ids.nurse],
  )
  expect(await enter(await connect('nurse'), visitId)).toMatchObject({ ok: true })
  const { rows } = await bed.owner.query(
    "select patient_id, actor_id from audit.entry where action = 'calls.enterRoom' and subject_id = $1",
    [visitId],
  )
  expect(rows).toEqual([{ patient_id: ids.lan, actor_id: ids.nurse }])
})

test('a stranger is refused as if there were no visit, the fifth page as the room is full', async () => {
  const visitId = await open()
  expect(await enter(await connect('duc'), visitId)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  const entries = await Promise.all(cast.map(async (key) => enter(await connect(key), visitId)))
  expect(entries.filter((entry) => entry.ok)).toHaveLength(4)
  expect(entries.filter((entry) => !entry.ok)).toEqual([{ ok: false, code: 'CALL_FULL', params: { limit: 4 } }])
})

test('dropping ends nothing: the others hear it, the same tab comes back, the visit goes on', async () => {
  const visitId = await open()
  const device = randomUUID()
  const [lan, nurse] = [await connect('lan'), await connect('nurse')]
  await enter(nurse, visitId)
  await enter(lan, visitId, device)
  const gone = next<{ reason: string }>(nurse, 'call:left')
  lan.io.engine.close()
  expect((await gone).reason).toBe('dropped')
  const back = await connect('lan')
  expect(await enter(back, visitId, device)).toMatchObject({ ok: true, participants: [{ personId: ids.nurse }] })
  const state = await bed.platform.transact(systemActor, (work) => visitState(work, visitId))
  expect(state.finishedAt).toBeNull()
  expect(state.members.filter((member) => member.firstJoinedAt !== null)).toHaveLength(2)
})

test('a tab that enters again shows its older page out', async () => {
  const visitId = await open()
  const device = randomUUID()
  const [first, second] = [await connect('lan'), await connect('lan')]
  await enter(first, visitId, device)
  const replaced = next(first, 'call:replaced')
  expect(await enter(second, visitId, device)).toMatchObject({ ok: true, participants: [] })
  await replaced
})

test('finish tells the room, and nobody enters after', async () => {
  const visitId = await open()
  const lan = await connect('lan')
  await enter(lan, visitId)
  const told = next(lan, 'call:finished')
  const nurse = await bed.as('nurse')
  await nurse.call(finishVisit, { params: { visitId } })
  expect(await told).toEqual({ visitId })
  expect(await enter(lan, visitId)).toEqual({ ok: false, code: 'VISIT_FINISHED' })
  const { rows } = await bed.owner.query('select left_reason from calls.participation where visit_id = $1', [visitId])
  expect(rows).toEqual([{ left_reason: 'finished' }])
})

test('one room, one engine: who comes with the other one is sent for a new ticket', async () => {
  const visitId = await open()
  expect(await enter(await connect('lan'), visitId, randomUUID(), 'livekit')).toEqual({
    ok: false,
    code: 'CALL_ENGINE_CHANGED',
  })
  expect(await enter(await connect('lan'), visitId)).toMatchObject({ ok: true })
})
