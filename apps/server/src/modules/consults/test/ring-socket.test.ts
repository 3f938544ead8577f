import * as contract from '@moinha/contracts/consults'
import * as roster from '@moinha/contracts/roster'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { idOf, ngocHoi, submitted } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let specialist: TestClient
let address: string

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  nurse = await bed.as('nurse')
  specialist = await bed.as('districtSpecialist')
})
afterAll(() => bed.close())

async function openPage(client: TestClient): Promise<Socket> {
  const socket = io(address, { extraHeaders: { cookie: client.cookie }, transports: ['websocket'], forceNew: true })
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))
const presence = async (): Promise<string | undefined> =>
  (await specialist.call(roster.now, { query: { facilityId: ngocHoi } })).items.find(
    (shift) => shift.personId === idOf('districtSpecialist'),
  )?.presence

describe('open pages', () => {
  it('make a doctor online, ring on the page, stop ringing, and tell the station', async () => {
    const told = next<{ personId: string; presence: string }>(
      await openPage(await bed.as('dutyLead')),
      'presence.changed',
    )
    const page = await openPage(specialist)
    expect(await told).toMatchObject({ presence: 'online' })
    await expect.poll(presence).toBe('online')
    const station = await openPage(nurse)
    const [rings, stops, heard] = [
      next<{ consultId: string; step: number; deadlineAt: string }>(page, 'consult.ringing'),
      next(page, 'consult.ring-stopped'),
      next(station, 'consult.changed'),
    ]
    const { id, consult } = await submitted(nurse)
    expect(consult.ring?.reason).toBe('ON_DUTY_ONLINE')
    expect(await rings).toMatchObject({ consultId: id, step: 1, deadlineAt: consult.ring?.deadlineAt })
    expect(await heard).toMatchObject({ consultId: id })
    await specialist.call(contract.accept, { params: { id } })
    expect(await stops).toMatchObject({ consultId: id, ringResult: 'answered' })
    await expect.poll(presence).toBe('busy')
    station.disconnect()
    page.disconnect()
  })

  it('count for a while after they close, then the doctor is offline', async () => {
    expect(await presence()).toBe('busy')
    await expect.poll(presence, { timeout: 12_000, interval: 500 }).toBe('offline')
  })
})
