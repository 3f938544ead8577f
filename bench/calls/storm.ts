import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallTicket } from '@moinha/contracts/calls'
import pg from 'pg'
import { io, type Socket } from 'socket.io-client'
import { castStaffMember, demoPersonId } from '../../apps/server/src/modules/identity/index.ts'
import { joinHeadless } from '../../apps/server/src/platform/testing/headless-client.ts'
import { openSession } from '../../apps/server/src/platform/testing/make-crowd.ts'
import type { RunningBuild } from '../harness/saved-build.ts'
import { ReceivingSite } from './receiving-site.ts'

/** Within so long everybody presses "join". */
const withinMs = 10_000
const patienceMs = 60_000

export interface Storm {
  /** Per site: from its own tap to the first sound of the host. */
  readonly waitsMs: readonly number[]
  /** From the first tap to the first sound at the last site. */
  readonly lastMs: number
  readonly failures: readonly string[]
}

/** Somebody's way to the server: session, open page. */
class Caller {
  readonly #base: string
  readonly #cookie: string
  #socket: Socket | undefined

  constructor(base: string, cookie: string) {
    this.#base = base
    this.#cookie = cookie
  }

  async send<T>(path: string, body?: object): Promise<T> {
    const headers = { 'x-moinha': '1', origin: this.#base, cookie: this.#cookie, 'content-type': 'application/json' }
    const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    const reply = await fetch(this.#base + path, request)
    if (!reply.ok) throw new Error(`${path.replace(/[0-9a-f-]{36}/g, '…')}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  /** The page stands open, e.g. with the list of meetings. */
  async openPage(): Promise<void> {
    const extraHeaders = { cookie: this.#cookie, origin: this.#base }
    const socket = io(this.#base, { extraHeaders, transports: ['websocket'], forceNew: true })
    this.#socket = socket
    await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  }

  /** All that the product's page does between tap and media: the meeting, the ticket, the room. */
  async enter(meetingId: string): Promise<{ url: string; token: string }> {
    await this.send(`/api/meetings/${meetingId}/join`, {})
    const ticket = await this.send<CallTicket>(`/api/calls/visits/${meetingId}/ticket`, {})
    if (ticket.livekit === undefined) throw new Error(`a ticket for ${ticket.transport}`)
    const entry = { visitId: meetingId, peer: randomUUID(), device: randomUUID(), transport: 'livekit' }
    const answer = (await this.#socket?.timeout(30_000).emitWithAck('call:enter', entry)) as Answer
    if (!answer.ok) throw new Error(`call:enter ${answer.code}`)
    return ticket.livekit
  }

  close(): void {
    this.#socket?.disconnect()
  }
}

type Answer = { ok: true } | { ok: false; code: string }

/** A hundred stations, one of each one's staff, with real sessions. */
async function staffOf(build: RunningBuild, count: number): Promise<{ facilityId: string; caller: Caller }[]> {
  const owner = new pg.Pool({ connectionString: build.ownerUrl, max: 4 })
  const { rows } = await owner.query<{ person_id: string; facility_id: string }>(
    `select distinct on (g.facility_id) g.facility_id, g.person_id
    from identity.role_grant g
      join identity.role_permission p on p.role_key = g.role_key and p.permission = 'meeting.join'
      -- units that were merged into others have staff too
      join facilities.current_path c on c.facility_id = g.facility_id
    where g.valid_until is null and g.person_id <> $2
    order by g.facility_id, g.person_id limit $1`,
    [count, hostId],
  )
  const staff = []
  for (const { person_id, facility_id } of rows) {
    const { name, value } = await openSession(owner, person_id, build.secret)
    staff.push({ facilityId: facility_id, caller: new Caller(baseOf(build), `${name}=${value}`) })
  }
  await owner.end()
  if (staff.length < count) throw new Error(`the demo network has staff at ${staff.length} units only`)
  return staff
}

const baseOf = ({ port }: RunningBuild): string => `http://127.0.0.1:${port}`
const hostId = demoPersonId(castStaffMember('officer').key)

async function openHost(build: RunningBuild): Promise<Caller> {
  const owner = new pg.Pool({ connectionString: build.ownerUrl, max: 1 })
  const { name, value } = await openSession(owner, hostId, build.secret)
  await owner.end()
  return new Caller(baseOf(build), `${name}=${value}`)
}

/** A briefing of these units that begins now. */
async function callMeeting(host: Caller, unitIds: readonly string[]): Promise<string> {
  const { items } = await host.send<{ items: { id: string }[] }>('/api/meetings/organisers')
  const local = new Date(Date.now() + 5 * 60_000 + 7 * 3_600_000).toISOString()
  const { meetingId } = await host.send<{ meetingId: string }>('/api/meetings', {
    ...{ seriesId: randomUUID(), organiserId: items[0]?.id, kind: 'briefing', title: 'Giao ban' },
    ...{ day: local.slice(0, 10), time: local.slice(11, 16), durationMinutes: 60, invitees: { unitIds } },
  })
  return meetingId
}

/** Sites join through the real server, each at its own moment, and wait until they hear the host. */
export async function storm(build: RunningBuild, count: number): Promise<Storm> {
  const staff = await staffOf(build, count)
  const host = await openHost(build)
  const meetingId = await callMeeting(
    host,
    staff.map(({ facilityId }) => facilityId),
  )
  for (const { caller } of [{ caller: host }, ...staff]) await caller.openPage()
  const leader = await joinHeadless(await host.enter(meetingId), { autoSubscribe: false })
  await leader.speak()
  const failures: string[] = []
  const sites: ReceivingSite[] = []
  const from = performance.now()
  const waits = await Promise.all(
    staff.map(async ({ caller }, at) => {
      await sleep((withinMs / count) * at)
      const tapped = performance.now()
      try {
        const site = await ReceivingSite.join(await caller.enter(meetingId), 'ours')
        sites.push(site)
        await untilHeard(site, tapped)
        return performance.now() - tapped
      } catch (failure) {
        failures.push(failure instanceof Error ? failure.message : String(failure))
        return Number.NaN
      }
    }),
  )
  const lastMs = performance.now() - from
  await Promise.all([leader, ...sites].map((each) => each.leave()))
  for (const { caller } of [{ caller: host }, ...staff]) caller.close()
  return { waitsMs: waits.filter((ms) => !Number.isNaN(ms)), lastMs, failures }
}

async function untilHeard(site: ReceivingSite, from: number): Promise<void> {
  while ((await site.received()).voicePackets === 0) {
    if (performance.now() - from > patienceMs) throw new Error('no sound')
    await sleep(200)
  }
}
