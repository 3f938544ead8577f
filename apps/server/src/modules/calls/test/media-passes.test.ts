import { issueTicket } from '@moinha/contracts/calls'
import { signOut } from '@moinha/contracts/identity'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { EmbeddedLivekit } from '../../../embedded/livekit/embedded-livekit.ts'
import { createLog } from '../../../platform/log/log.ts'
import { addMember, openVisit, removeMember } from '../index.ts'

/** LiveKit's room service over a real socket: who is in, and what was asked of it. */
const media = { inside: new Set<string>(), closed: [] as string[], broken: false }
let server: Server
let bed: TestBed

beforeAll(async () => {
  server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { room: string; identity?: string }
      const known = media.broken ? undefined : obey(String(request.url), body)
      const status = media.broken ? 503 : known ? 200 : 404
      const code = media.broken ? 'unavailable' : 'not_found'
      reply
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(known ? {} : { code, msg: code }))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const LIVEKIT_URL = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'a-secret-of-at-least-thirty-two-letters' }
  bed = await openTestBed({ config: { ROLE: 'web', LIVEKIT_URL, ...keys } })
  await bed.start()
})
beforeEach(() => {
  media.inside.clear()
  media.closed = []
  media.broken = false
})
afterAll(async () => {
  await bed.close()
  server.close()
})

function obey(url: string, { room, identity }: { room: string; identity?: string }): boolean {
  if (url.endsWith('/RemoveParticipant')) return media.inside.delete(`${room} ${identity}`)
  if (url.endsWith('/CreateRoom')) return true
  if (!url.endsWith('/DeleteRoom')) return false
  media.closed.push(room)
  for (const one of media.inside) if (one.startsWith(`${room} `)) media.inside.delete(one)
  return true
}

const idOf = async (client: TestClient) => (await bed.app.readActor(client.cookie)).personId ?? ''

async function visitOf(...people: string[]): Promise<string> {
  const visitId = randomUUID()
  const members = people.map((personId) => ({ personId, role: 'member' }))
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}

interface Ticket {
  key: string
  room: string
  seconds: number
}

/** Enters the media server's room with a ticket, as a page does. */
async function join(client: TestClient, visitId: string): Promise<Ticket> {
  const { livekit } = await client.call(issueTicket, { params: { visitId } })
  const payload = JSON.parse(Buffer.from(livekit?.token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub: string
    exp: number
    video: { room: string }
  }
  const key = `${payload.video.room} ${payload.sub}`
  media.inside.add(key)
  return { key, room: payload.video.room, seconds: payload.exp - Date.now() / 1000 }
}

const sweep = (name: string) => bed.platform.jobs.sweeps.find((one) => one.name === name)?.run()
const look = () => sweep('who lost the right to a media room')
const voided = async (visitId: string) =>
  (await bed.owner.query('select from calls.media_pass where visit_id = $1 and void_at is not null', [visitId]))
    .rowCount

/** Looks as the worker does every two seconds, without waiting for them. */
async function lookAgain(): Promise<void> {
  await bed.owner.query('update calls.media_pass set looked_at = null')
  await look()
}

describe('the media server loses whoever lost the right to be in the room', () => {
  test('signing out ends the call of that session without a page, not of the same person elsewhere', async () => {
    const [one, other, lan] = [await bed.as('nurse'), await bed.as('nurse'), await bed.as('lan')]
    const visitId = await visitOf(await idOf(one), await idOf(lan))
    const [lost, ...stay] = [await join(one, visitId), await join(other, visitId), await join(lan, visitId)]
    await one.call(signOut)
    await expect.poll(() => voided(visitId)).toBe(1)
    await look()
    expect([...media.inside]).toEqual(stay.map(({ key }) => key))
    expect(lost.seconds).toBeLessThanOrEqual(30)
  })

  test('a guardian whose link ended, and a closed account', async () => {
    const [lan, officer, nurse] = [await bed.as('lan'), await bed.as('officer'), await bed.as('nurse')]
    const { rows } = await bed.owner.query<{ dependant_id: string }>(
      'select dependant_id from identity.family_member where guardian_id = $1 and valid_until is null limit 1',
      [await idOf(lan)],
    )
    const child = rows[0]?.dependant_id ?? ''
    const officerId = await idOf(officer)
    const visitId = await visitOf(child, officerId, await idOf(nurse))
    await join(lan, visitId)
    await join(officer, visitId)
    const stays = await join(nurse, visitId)
    await bed.owner.query('update identity.family_member set valid_until = now() where dependant_id = $1', [child])
    await bed.owner.query('update identity.account_user set disabled_at = now() where id = $1', [officerId])
    await expect.poll(() => voided(visitId)).toBe(2)
    await look()
    expect([...media.inside]).toEqual([stays.key])
    await bed.owner.query('update identity.account_user set disabled_at = null where id = $1', [officerId])
  })

  test('a practitioner role that ended with its grant', async () => {
    const doctor = await bed.as('districtSpecialist')
    const personId = await idOf(doctor)
    const visitId = await visitOf(personId)
    await join(doctor, visitId)
    await bed.owner.query('update identity.role_grant set valid_until = now() where person_id = $1', [personId])
    await expect.poll(() => voided(visitId)).toBe(1)
    await look()
    expect(media.inside.size).toBe(0)
    await bed.owner.query('update identity.role_grant set valid_until = null where person_id = $1', [personId])
  })

  test('a removed member; added again they come in again and stay', async () => {
    const doctor = await bed.as('stationDoctor')
    const personId = await idOf(doctor)
    const visitId = await visitOf(personId)
    await join(doctor, visitId)
    await bed.platform.transact(systemActor, (work) => removeMember(work, visitId, personId))
    await look()
    expect(media.inside.size).toBe(0)
    await bed.platform.transact(systemActor, (work) => addMember(work, visitId, { personId, role: 'doctor' }))
    const again = await join(doctor, visitId)
    await lookAgain()
    expect([...media.inside]).toEqual([again.key])
  })

  test('a session that ended by time is seen by the round of every minute', async () => {
    const doctor = await bed.as('provincialSpecialist')
    const visitId = await visitOf(await idOf(doctor))
    await join(doctor, visitId)
    await bed.owner.query(
      "update identity.account_session set expires_at = now() - interval '1 s' where user_id = $1",
      [await idOf(doctor)],
    )
    await sweep('rights behind media passes')
    await look()
    expect(media.inside.size).toBe(0)
  })

  test('a media server that does not answer is asked again until it does', async () => {
    const doctor = await bed.as('stationDoctor')
    const visitId = await visitOf(await idOf(doctor))
    const { key } = await join(doctor, visitId)
    await doctor.call(signOut)
    await expect.poll(() => voided(visitId)).toBe(1)
    media.broken = true
    await expect(look()).rejects.toThrow(/unavailable/)
    expect([...media.inside]).toEqual([key])
    media.broken = false
    await lookAgain()
    expect(media.inside.size).toBe(0)
  })

  test('who comes back with a token of the media server’s own finds an empty room: the others go on in the next', async () => {
    const [thief, nurse] = [await bed.as('stationDoctor'), await bed.as('nurse')]
    const visitId = await visitOf(await idOf(thief), await idOf(nurse))
    const lost = await join(thief, visitId)
    await join(nurse, visitId)
    await thief.call(signOut)
    await expect.poll(() => voided(visitId)).toBe(1)
    await look()
    media.inside.add(lost.key)
    await lookAgain()
    expect(media.closed).toEqual([lost.room])
    const stays = await join(nurse, visitId)
    expect(stays.room).not.toBe(lost.room)
    media.inside.add(lost.key)
    await lookAgain()
    expect(media.inside.has(stays.key)).toBe(true)
  })
})

/** The real server, where its binary is named. */
const binary = process.env['LIVEKIT_SERVER'] ?? ''

describe.skipIf(!existsSync(binary))('with a LiveKit server', () => {
  let real: TestBed
  beforeAll(async () => {
    real = await openTestBed({
      config: { LIVEKIT: 'auto', LIVEKIT_SERVER: binary },
      mediaServer: (config) => new EmbeddedLivekit(config, createLog({ LOG_LEVEL: 'error' })),
    })
    await real.start()
    await real.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => real.close())

  const askTicket = (client: TestClient, visitId: string) => client.call(issueTicket, { params: { visitId } })

  /** A line of the media server; it ends with `closed`. */
  async function dial({ url, token }: { url: string; token: string }) {
    const line = new WebSocket(`${url}/rtc?access_token=${token}&auto_subscribe=1&sdk=js&version=2.15.0&protocol=15`)
    line.binaryType = 'arraybuffer'
    const heard: Buffer[] = []
    line.addEventListener('message', ({ data }) => void heard.push(Buffer.from(data as ArrayBuffer)))
    const closed = new Promise<number>((done) => line.addEventListener('close', () => done(Date.now())))
    await new Promise((done, failed) => {
      line.addEventListener('open', done)
      line.addEventListener('error', () => failed(new Error('refused')))
    })
    const refreshed = () =>
      /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/.exec(heard.map((part) => part.toString('latin1')).join(' '))?.[0]
    return { line, closed, refreshed }
  }

  test('signing out ends the line within seconds; the refreshed token opens no room', async () => {
    const [thief, nurse] = [await real.as('stationDoctor'), await real.as('nurse')]
    const visitId = randomUUID()
    const people = await Promise.all(
      [thief, nurse].map(async ({ cookie }) => (await real.app.readActor(cookie)).personId ?? ''),
    )
    const members = people.map((personId) => ({ personId, role: 'member' }))
    await real.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
    await expect.poll(async () => (await askTicket(thief, visitId)).transport, { timeout: 10_000 }).toBe('livekit')
    const url = (await askTicket(thief, visitId)).livekit?.url ?? ''
    const lost = await dial((await askTicket(thief, visitId)).livekit ?? { url, token: '' })
    const stays = await dial((await askTicket(nurse, visitId)).livekit ?? { url, token: '' })
    await expect.poll(lost.refreshed, { timeout: 5_000 }).toBeTruthy()
    const began = Date.now()
    await thief.call(signOut)
    const first = (await lost.closed) - began
    expect(first).toBeLessThan(5_000)
    const back = await dial({ url, token: lost.refreshed() ?? '' })
    const second = (await Promise.all([back.closed, stays.closed])).map((at) => at - began)
    expect(Math.max(...second)).toBeLessThan(12_000)
    const next = await dial((await askTicket(nurse, visitId)).livekit ?? { url, token: '' })
    // the room left behind is closed, and a token alone makes none
    await expect(dial({ url, token: lost.refreshed() ?? '' })).rejects.toThrow('refused')
    await new Promise((done) => setTimeout(done, 5_000))
    expect(next.line.readyState).toBe(WebSocket.OPEN)
  }, 60_000)
})
