import * as contract from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'
import { finishVisit, openVisit } from '../index.ts'

const lan = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
let bed: TestBed
let nurse: TestClient
let patient: TestClient
/** Helps every unit, and is in none of these visits. */
let helper: TestClient
let address: string
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  nurse = await bed.as('nurse')
  patient = await bed.as('lan')
  helper = await bed.as('systemAdmin')
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
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

async function connect(client: TestClient): Promise<Socket> {
  const extraHeaders = { cookie: client.cookie }
  const socket = io(address, { extraHeaders, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}
const enter = (socket: Socket, visitId: string) =>
  socket
    .timeout(5000)
    .emitWithAck('call:enter', { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }) as Promise<{
    ok: boolean
    code?: string
  }>
const watch = (socket: Socket, assistId: string) =>
  socket.timeout(5000).emitWithAck('call:watch-figures', { assistId }) as Promise<{ ok: boolean }>
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

const source = { permission: 'granted', open: true, on: true, problem: null }
const figures = {
  devices: [{ kind: 'microphone', name: 'Tai nghe', used: true }],
  microphone: source,
  camera: source,
  level: 0.4,
  link: { state: 'connected', engine: 'mesh', roundTripMs: 80, loss: 0.02, sentKbps: 24, receivedKbps: 30 },
  problems: [],
}

/** The nurse asks, the helper takes it, the nurse agrees. */
async function agreed(visitId: string): Promise<string> {
  const assistId = randomUUID()
  await nurse.call(contract.askAssist, { params: { visitId }, body: { assistId } })
  await helper.call(contract.takeAssist, { params: { assistId } })
  await nurse.call(contract.agreeToAssist, { params: { visitId, assistId } })
  return assistId
}

test('a request reaches the helpers without a name, is taken by one, and nothing is done before the asker agrees', async () => {
  const visitId = await openFor()
  const [page, desk] = [await connect(nurse), await connect(helper)]
  await enter(page, visitId)
  const heard = next(desk, 'call:assists')
  const assistId = randomUUID()
  const ask = (id: string) => nurse.call(contract.askAssist, { params: { visitId }, body: { assistId: id } })
  expect(await ask(assistId)).toEqual({ assistId, state: 'asked', helperName: null })
  expect(await heard).toEqual({})
  // another try while it is open is the same request
  expect((await ask(randomUUID())).assistId).toBe(assistId)
  const { assists } = await helper.call(contract.listAssists)
  const shown = assists.find((one) => one.assistId === assistId)
  expect(shown).toMatchObject({ role: 'nurse', state: 'asked', mine: false })
  for (const secret of [visitId, lan, nurseId, castStaffMember('nurse').fullName, castCitizens.lan.fullName])
    expect(JSON.stringify(assists)).not.toContain(secret)
  await helper.call(contract.takeAssist, { params: { assistId } })
  await helper.call(contract.takeAssist, { params: { assistId } })
  const actIn = () => helper.try(contract.actInAssist, { params: { assistId }, body: { action: 'tone' } })
  expect((await actIn()).problem?.code).toBe('ASSIST_NOT_AGREED')
  expect(await watch(desk, assistId)).toEqual({ ok: false })
  const { assist } = await nurse.call(contract.readAssist, { params: { visitId } })
  expect(assist).toMatchObject({ state: 'taken', helperName: castStaffMember('systemAdmin').fullName })
  // only the asker agrees, nobody else in the visit
  const others = await patient.try(contract.agreeToAssist, { params: { visitId, assistId } })
  expect(others.problem?.code).toBe('ASSIST_UNKNOWN')
  await nurse.call(contract.agreeToAssist, { params: { visitId, assistId } })
  const done = next(page, 'call:assist-act')
  expect((await actIn()).problem).toBeUndefined()
  expect(await done).toEqual({ visitId, assistId, action: 'tone' })
})

test('figures pass to the helper who was agreed to, only in the agreed shape, and stop with the request', async () => {
  const visitId = await openFor()
  const [page, other, desk] = [await connect(nurse), await connect(patient), await connect(helper)]
  await enter(page, visitId)
  await enter(other, visitId)
  const assistId = await agreed(visitId)
  expect(await watch(desk, assistId)).toEqual({ ok: true })
  const got: { figures: { level: number } }[] = []
  desk.on('call:figures', (message: { figures: { level: number } }) => got.push(message))
  page.emit('call:figures', { visitId, assistId, figures })
  await expect.poll(() => got.length).toBe(1)
  // not the asker; a field too many; too long
  other.emit('call:figures', { visitId, assistId, figures })
  page.emit('call:figures', { visitId, assistId, figures: { ...figures, patient: 'A Rin' } })
  const long = [{ kind: 'microphone', name: 'x'.repeat(81), used: true }]
  page.emit('call:figures', { visitId, assistId, figures: { ...figures, devices: long } })
  page.emit('call:figures', { visitId, assistId, figures: { ...figures, level: 0.9 } })
  await expect.poll(() => got.map((one) => one.figures.level)).toEqual([0.4, 0.9])
  const over = next(desk, 'call:assist-over')
  await nurse.call(contract.endOwnAssist, { params: { visitId, assistId } })
  expect(await over).toEqual({ assistId })
  page.emit('call:figures', { visitId, assistId, figures })
  await pause(300)
  expect(got).toHaveLength(2)
  expect(await watch(desk, assistId)).toEqual({ ok: false })
  const late = await helper.try(contract.actInAssist, { params: { assistId }, body: { action: 'tone' } })
  expect(late.problem?.code).toBe('ASSIST_OVER')
})

test('a helper hears, sees and reads nothing: every way into the visit is shut, also while helping', async () => {
  const visitId = await openFor()
  const desk = await connect(helper)
  const page = await connect(nurse)
  await enter(page, visitId)
  const assistId = await agreed(visitId)
  expect(await watch(desk, assistId)).toEqual({ ok: true })
  const told: string[] = []
  desk.onAny((name: string) => told.push(name))
  const params = { visitId }
  const tries = [
    helper.try(contract.getVisit, { params }),
    helper.try(contract.issueTicket, { params }),
    helper.try(contract.listMessages, { params, query: {} }),
    helper.try(contract.sendMessage, { params, body: { id: randomUUID(), kind: 'text', text: 'alo' } }),
    helper.try(contract.showPhones, { params }),
    helper.try(contract.listGuests, { params }),
    helper.try(contract.raiseHand, { params, body: { raised: true } }),
    helper.try(contract.knock, { params }),
    helper.try(contract.finishVisit, { params }),
    helper.try(contract.readAssist, { params }),
    helper.try(contract.agreeToAssist, { params: { visitId, assistId } }),
    helper.try(contract.askAssist, { params, body: { assistId: randomUUID() } }),
  ]
  for (const answer of await Promise.all(tries)) expect(answer.problem?.code).toBe('VISIT_UNKNOWN')
  expect(await enter(desk, visitId)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  await nurse.call(contract.sendMessage, { params, body: { id: randomUUID(), kind: 'text', text: 'Chào bà' } })
  await enter(await connect(patient), visitId)
  desk.emit('call:signal', { visitId, to: page.id, data: { epoch: 1, requestOffer: true } })
  await pause(300)
  expect(told.filter((name) => name !== 'call:figures' && name !== 'call:assists')).toEqual([])
  const members = await bed.owner.query('select person_id from calls.member where visit_id = $1', [visitId])
  expect(members.rows).toHaveLength(2)
})

test('a helper of another unit finds nothing, and a role of helper opens nothing else', async () => {
  const visitId = await openFor()
  const assistId = randomUUID()
  await nurse.call(contract.askAssist, { params: { visitId }, body: { assistId } })
  // a helper and nothing else, once at a unit elsewhere and once at the asker's own
  const officer = demoPersonId(castStaffMember('foreignNurse').key)
  const grant = (at: string) =>
    bed.owner.query(
      `update identity.role_grant set role_key = 'it_helper', facility_id = (
         select facility_id from identity.practitioner_card where person_id = $2 limit 1)
       where person_id = $1 and valid_until is null`,
      [officer, at],
    )
  await grant(officer)
  const away = await bed.as('foreignNurse')
  expect((await away.call(contract.listAssists)).assists).toEqual([])
  expect((await away.try(contract.takeAssist, { params: { assistId } })).problem?.code).toBe('ASSIST_UNKNOWN')
  await grant(nurseId)
  const near = await bed.as('foreignNurse')
  expect((await near.call(contract.listAssists)).assists.map((one) => one.assistId)).toContain(assistId)
  expect((await near.try(contract.getVisit, { params: { visitId } })).problem?.code).toBe('NOT_ALLOWED')
  const both = await Promise.all([
    near.try(contract.takeAssist, { params: { assistId } }),
    helper.try(contract.takeAssist, { params: { assistId } }),
  ])
  expect(both.flatMap((one) => one.problem?.code ?? [])).toEqual(['ASSIST_TAKEN'])
})

test('a finished visit ends the help', async () => {
  const visitId = await openFor()
  const assistId = await agreed(visitId)
  const desk = await connect(helper)
  expect(await watch(desk, assistId)).toEqual({ ok: true })
  const over = next(desk, 'call:assist-over')
  await bed.platform.transact(systemActor, (work) => finishVisit(work, visitId))
  expect(await over).toEqual({ assistId })
  expect((await helper.call(contract.listAssists)).assists.map((one) => one.assistId)).not.toContain(assistId)
})
