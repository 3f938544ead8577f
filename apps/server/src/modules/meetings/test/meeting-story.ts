import * as calls from '@moinha/contracts/calls'
import * as contract from '@moinha/contracts/meetings'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import type { CallInput } from '@moinha/contracts/route'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { ngocHoi, poY } from './meeting-rows.ts'

type Body = CallInput<typeof contract.create>['body']

/** Day and time of day in Vietnam of an instant, as an organiser types them. */
export function typed(at: Date): { day: string; time: string } {
  const local = new Date(at.getTime() + 7 * 3_600_000).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}

/** A whole minute, so many minutes after a moment. */
export const minutesAfter = (at: Date, minutes: number): Date =>
  new Date(Math.floor(at.getTime() / 60_000) * 60_000 + minutes * 60_000)

/** What an organiser of Ngọc Hồi sends: tomorrow at eight with Pờ Y, unless said otherwise. */
export function planned(change: Partial<Body> = {}): Body {
  return {
    seriesId: randomUUID(),
    organiserId: ngocHoi,
    kind: 'briefing',
    title: 'Giao ban',
    day: addDays(localDateOf(new Date()), 1),
    time: '08:00',
    durationMinutes: 60,
    invitees: { unitIds: [poY] },
    ...change,
  }
}

export const create = (client: TestClient, change: Partial<Body> = {}) =>
  client.call(contract.create, { body: planned(change) })

export const join = (client: TestClient, id: string) => client.call(contract.join, { params: { id }, body: {} })

/** Opens a page of a client on a listening server. */
export async function openPage(bed: TestBed, client: TestClient): Promise<Socket> {
  const { port } = bed.app.server.address() as AddressInfo
  const options = { extraHeaders: { cookie: client.cookie }, transports: ['websocket'], forceNew: true }
  const socket = io(`http://127.0.0.1:${port}`, options)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}

/** The page enters the room of a meeting, as a browser does. */
export async function enterRoom(socket: Socket, visitId: string, peer: string = randomUUID()): Promise<void> {
  const entry = { visitId, peer, device: randomUUID(), transport: 'mesh' }
  const answer = (await socket.emitWithAck('call:enter', entry)) as { ok: boolean; code?: string }
  if (!answer.ok) throw new Error(`not let in: ${answer.code}`)
}

/** How many people of a room the server counts. */
export const present = async (client: TestClient, visitId: string): Promise<number> =>
  (await client.call(calls.getVisit, { params: { visitId } })).members.filter((member) => member.present).length
