import { signIn } from '@moinha/contracts/identity'
import { changeOver, setAside, setPin } from '@moinha/contracts/identity/change-over'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, demoPassword, demoPersonId } from '../../identity/index.ts'
import { openVisit } from '../index.ts'

const nurse = castStaffMember('nurse')
const doctor = castStaffMember('stationDoctor')
const [nurseId, doctorId] = [demoPersonId(nurse.key), demoPersonId(doctor.key)]
let bed: TestBed
let address: string
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await bed.close()
})

/** A PC where both signed in fully today; the doctor sits before it. */
async function sharedPc(): Promise<TestClient> {
  const pc = bed.anonymous()
  for (const [{ username }, pin] of [
    [nurse, '4071'],
    [doctor, '290518'],
  ] as const) {
    await pc.call(signIn, { body: { username, password: demoPassword } })
    await pc.call(setPin, { body: { pin } })
  }
  return pc
}

async function inCall({ cookie }: TestClient): Promise<{ socket: Socket; visitId: string }> {
  const visitId = randomUUID()
  const members = [{ personId: doctorId, role: 'stationDoctor', mayFinish: true }]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  const socket = io(address, { extraHeaders: { cookie }, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  const entry = { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }
  expect(await socket.timeout(5000).emitWithAck('call:enter', entry)).toMatchObject({ ok: true })
  return { socket, visitId }
}

const toNurse = (pc: TestClient, pin = '4071') => pc.try(changeOver, { body: { personId: nurseId, pin } })

test('nobody takes over a browser that is in a call, nor is it put aside; no try is counted; after the call they may', async () => {
  const pc = await sharedPc()
  const { socket, visitId } = await inCall(pc)
  for (let time = 0; time < 6; time += 1) {
    const refused = await toNurse(pc, '7777')
    expect([refused.status, refused.problem?.code]).toEqual([409, 'CHANGE_OVER_IN_CALL'])
  }
  expect((await toNurse(pc)).problem?.code).toBe('CHANGE_OVER_IN_CALL')
  expect((await pc.try(setAside)).problem?.code).toBe('CHANGE_OVER_IN_CALL')
  socket.emit('call:leave', { visitId })
  await vi.waitFor(async () => expect((await toNurse(pc)).status).toBe(200), { timeout: 5_000 })
})

test('a call of the same person on another device holds nobody up', async () => {
  const pc = await sharedPc()
  const phone = bed.anonymous()
  await phone.call(signIn, { body: { username: doctor.username, password: demoPassword } })
  await inCall(phone)
  expect((await toNurse(pc)).status).toBe(200)
})
