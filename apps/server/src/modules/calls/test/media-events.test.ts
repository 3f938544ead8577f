import { issueTicket, takeMediaEvent, type CallTicket, type MediaRole } from '@moinha/contracts/calls'
import { AccessToken } from 'livekit-server-sdk'
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { EmbeddedLivekit } from '../../../embedded/livekit/embedded-livekit.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { createLog } from '../../../platform/log/log.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import { endUnseenPresence } from '../actions/end-unseen-presence.ts'
import type { CallEngine, LivekitServer } from '../ports/livekit.ts'
import { connectLivekit } from '../ports/livekit-sdk.ts'
import { addMember, finishVisit, openVisit, participationsOf, removeMember, setMediaRole } from '../index.ts'
import { joinHeadless, type HeadlessClient } from '../../../platform/testing/headless-client.ts'
import { hasLivekit, livekitBinary } from '../../../platform/testing/media-node.ts'

const keys = { LIVEKIT_URL: 'ws://127.0.0.1:9', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 's'.repeat(32) }

/** As LiveKit signs what it tells. */
async function signed(body: string, secret = keys.LIVEKIT_API_SECRET, ttl = 300): Promise<string> {
  const token = new AccessToken(keys.LIVEKIT_API_KEY, secret, { ttl })
  token.sha256 = createHash('sha256').update(body).digest('base64')
  return token.toJwt()
}

describe('news that says it comes from a media server', () => {
  let bed: TestBed
  beforeAll(async () => {
    bed = await openTestBed({ config: keys })
  })
  afterAll(() => bed.close())

  const send = (body: string, authorization?: string) =>
    bed.app.inject({
      method: 'POST',
      url: takeMediaEvent.path,
      payload: body,
      headers: { 'content-type': 'application/webhook+json', ...(authorization && { authorization }) },
    })
  const code = (reply: { json(): unknown }) => (reply.json() as { code?: string }).code
  const rows = async () =>
    (await bed.owner.query<{ joined_at: Date | null; left_at: Date | null }>('select * from calls.media_presence')).rows

  async function news(of: Partial<{ event: string; ageSeconds: number; id: string; sid: string; visitId: string }>) {
    const visitId = of.visitId ?? randomUUID()
    if (of.visitId === undefined)
      await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members: [] }))
    return JSON.stringify({
      event: of.event ?? 'participant_joined',
      id: of.id ?? `EV_${randomUUID()}`,
      createdAt: String(Math.floor(Date.now() / 1000) - (of.ageSeconds ?? 0)),
      room: { name: visitId, sid: 'RM_1' },
      participant: { sid: of.sid ?? `PA_${randomUUID()}`, identity: `${randomUUID()}:${randomUUID()}` },
    })
  }

  test('unsigned, altered, of another key, of an ended signature or old: refused, and nothing is written', async () => {
    const body = await news({})
    const refused = [
      await send(body),
      await send(body.replace('joined', 'left'), await signed(body)),
      await send(body, await signed(body, 'x'.repeat(32))),
      await send(body, await signed(body, keys.LIVEKIT_API_SECRET, -120)),
      // a way into a room is no signature over news
      await send(body, await new AccessToken(keys.LIVEKIT_API_KEY, keys.LIVEKIT_API_SECRET).toJwt()),
      await send('{"event":', await signed('{"event":')),
    ]
    const old = await news({ ageSeconds: 3600 })
    refused.push(await send(old, await signed(old)))
    expect(refused.map(({ statusCode }) => statusCode)).toEqual(refused.map(() => 401))
    expect(refused.map(code)).toEqual(refused.map(() => 'MEDIA_EVENT_REFUSED'))
    expect(await rows()).toEqual([])
  })

  test('other kinds of bodies and large ones are not read', async () => {
    const json = await bed.app.inject({ method: 'POST', url: takeMediaEvent.path, payload: { event: 'x' } })
    expect(json.statusCode).toBe(415)
    const large = 'x'.repeat(65 * 1024)
    expect((await send(large, await signed(large))).statusCode).toBe(413)
  })

  test('sent twice it counts once; a departure heard of before its arrival ends it all the same', async () => {
    const visitId = (JSON.parse(await news({})) as { room: { name: string } }).room.name
    const left = await news({ event: 'participant_left', sid: 'PA_same', visitId })
    const joined = await news({ sid: 'PA_same', visitId, ageSeconds: 5 })
    const answers = []
    for (const body of [left, joined, left, joined]) answers.push((await send(body, await signed(body))).json())
    expect(answers).toEqual([{ taken: true }, { taken: true }, { taken: false }, { taken: false }])
    expect(await rows()).toMatchObject([{ joined_at: expect.any(Date), left_at: expect.any(Date) }])
  })

  test('whoever stands in a room of a media server that does not answer, or that is another one, stays', async () => {
    const body = await news({ ageSeconds: 90 })
    await send(body, await signed(body))
    const { room, participant } = JSON.parse(body) as { room: { name: string }; participant: { sid: string } }
    const away = { url: keys.LIVEKIT_URL, apiKey: keys.LIVEKIT_API_KEY, apiSecret: keys.LIVEKIT_API_SECRET }
    const livekit = connectLivekit(away)
    const empty = { ...livekit, inside: async () => [] }
    const said: string[] = []
    const look = (node: LivekitServer, url: string) =>
      endUnseenPresence({
        transact: bed.platform.transact,
        engine: () => ({ livekit: node, alive: [{ url, livekit: node }], known: [url], state: 'up', detail: '' }),
        log: { warn: (_: unknown, text?: unknown) => void said.push(String(text)) },
      })
    await bed.owner.query('update calls.visit set media_node = $1 where id = $2', [livekit.url, room.name])
    const isOpen = async () =>
      (
        await bed.owner.query('select 1 from calls.media_presence where sid = $1 and left_at is null', [
          participant.sid,
        ])
      ).rows.length
    await look(livekit, livekit.url)
    expect([await isOpen(), said]).toEqual([1, ['who is in the rooms of a media server could not be asked']])
    await look(empty, 'ws://127.0.0.1:8')
    expect(await isOpen()).toBe(1)
    await look(empty, livekit.url)
    expect(await isOpen()).toBe(0)
  })

  test('of rooms that are none of ours, and of kinds nobody asked for: left alone', async () => {
    for (const body of [await news({ event: 'egress_started' }), await news({ visitId: 'another-house' })]) {
      const reply = await send(body, await signed(body))
      expect([reply.statusCode, reply.json()]).toEqual([200, { taken: false }])
    }
  })
})

describe.skipIf(!hasLivekit)('what a LiveKit server tells', () => {
  let bed: TestBed
  const inside: HeadlessClient[] = []
  beforeAll(async () => {
    bed = await openTestBed({
      config: { LIVEKIT: 'auto', LIVEKIT_SERVER: livekitBinary },
      mediaServer: (config) => new EmbeddedLivekit(config, createLog({ LOG_LEVEL: 'error' })),
    })
    await bed.app.listen({ port: 0, host: '127.0.0.1' })
    await vi.waitFor(() => expect(bed.platform.mediaServer?.state().address).toBeTruthy(), { timeout: 20_000 })
  }, 30_000)
  afterEach(async () => void (await Promise.all(inside.splice(0).map((client) => client.leave()))))
  afterAll(() => bed.close())

  const silent = { warn: () => undefined }
  const engine = (): CallEngine => {
    const address = bed.platform.mediaServer?.state().address
    const livekit = address ? connectLivekit(address) : null
    return { livekit, alive: livekit ? [{ url: livekit.url, livekit }] : [], known: [], state: 'up', detail: '' }
  }
  const transact = <T>(handler: (work: Work) => Promise<T>): Promise<T> => bed.platform.transact(systemActor, handler)

  async function visitOf(roles: Partial<Record<CastKey, MediaRole>>) {
    const visitId = randomUUID()
    await transact((work) => openVisit(work, { visitId, kind: 'test', members: [] }))
    const people = new Map<CastKey, { personId: string; ticket: NonNullable<CallTicket['livekit']> }>()
    for (const [key, mediaRole] of Object.entries(roles) as [CastKey, MediaRole][]) {
      const client = await bed.as(key)
      const personId = (await bed.app.readActor(client.cookie)).personId ?? ''
      await transact((work) => addMember(work, visitId, { personId, role: key, mediaRole }))
      const { livekit } = await client.call(issueTicket, { params: { visitId } })
      people.set(key, { personId, ticket: livekit ?? { url: '', token: '', roomNo: 0 } })
    }
    const idOf = (key: CastKey) => people.get(key)?.personId ?? ''
    const enter = async (key: CastKey) => {
      const client = await joinHeadless(people.get(key)?.ticket ?? { url: '', token: '' })
      inside.push(client)
      return client
    }
    return { visitId, idOf, enter }
  }
  const timesIn = (visitId: string) => transact((work) => participationsOf(work, visitId))

  test('who is in without a page of ours counts as there, until they leave', async () => {
    const { visitId, idOf, enter } = await visitOf({ nurse: 'speaker' })
    const nurse = await enter('nurse')
    await vi.waitFor(
      async () => expect(await timesIn(visitId)).toMatchObject([{ personId: idOf('nurse'), leftAt: null }]),
      { timeout: 5_000 },
    )
    await nurse.leave()
    await vi.waitFor(async () => expect(await timesIn(visitId)).toMatchObject([{ leftAt: expect.any(Date) }]), {
      timeout: 5_000,
    })
  }, 30_000)

  test('who went unheard of is found gone; who is there, just came or has a page with us stays', async () => {
    const { visitId, idOf, enter } = await visitOf({ nurse: 'speaker', stationDoctor: 'speaker', lan: 'speaker' })
    await enter('nurse')
    const open = async () =>
      (
        await bed.owner.query<{ sid: string }>(
          `update calls.media_presence set joined_at = joined_at - interval '61 s'
            where visit_id = $1 and left_at is null returning sid`,
          [visitId],
        )
      ).rows.map(({ sid }) => sid)
    const there = await vi.waitFor(
      async () => {
        const sids = await open()
        expect(sids).toHaveLength(1)
        return sids[0] ?? ''
      },
      { timeout: 5_000 },
    )
    const arrive = (sid: string, key: CastKey, secondsAgo: number) =>
      bed.owner.query(
        `insert into calls.media_presence (sid, visit_id, room_no, person_id, joined_at)
          values ($1, $2, 0, $3, now() - $4 * interval '1 s')`,
        [sid, visitId, idOf(key), secondsAgo],
      )
    await arrive(`PA_gone_${visitId}`, 'stationDoctor', 90)
    await arrive(`PA_young_${visitId}`, 'stationDoctor', 5)
    await arrive(`PA_page_${visitId}`, 'lan', 90)
    await bed.owner.query(
      `insert into calls.participant
          (visit_id, process_id, joined_at, socket_id, peer, device, person_id, name, role, transport)
        values ($1, $4, now(), $2, $4, $4, $3, 'x', 'x', 'livekit')`,
      [visitId, 'socket-of-lan', idOf('lan'), randomUUID()],
    )
    await endUnseenPresence({ transact: bed.platform.transact, engine, log: silent })
    expect(new Set(await open())).toEqual(new Set([there, `PA_young_${visitId}`, `PA_page_${visitId}`]))
  }, 30_000)

  test('the end of the visit ends everybody’s time', async () => {
    const { visitId, enter } = await visitOf({ nurse: 'speaker' })
    await enter('nurse')
    await vi.waitFor(async () => expect(await timesIn(visitId)).toHaveLength(1), { timeout: 5_000 })
    await transact((work) => finishVisit(work, visitId))
    expect(await timesIn(visitId)).toMatchObject([{ leftAt: expect.any(Date) }])
  }, 30_000)

  test('a listener who comes with a former speaker’s token may not send', async () => {
    const { visitId, idOf, enter } = await visitOf({ nurse: 'speaker', stationDoctor: 'speaker' })
    await transact((work) => setMediaRole(work, visitId, idOf('stationDoctor'), 'listener'))
    await bed.runJobs()
    const nurse = await enter('nurse')
    const doctor = await enter('stationDoctor')
    await doctor.speak()
    await expect.poll(() => nurse.hears(), { timeout: 5_000 }).toHaveLength(1)
    await vi.waitFor(
      async () => {
        await bed.runJobs()
        expect(nurse.hears()).toEqual([])
      },
      { timeout: 10_000, interval: 200 },
    )
  }, 30_000)

  test('a member who was shown out and comes with an earlier token is sent away', async () => {
    const { visitId, idOf, enter } = await visitOf({ nurse: 'speaker', stationDoctor: 'speaker' })
    await transact((work) => removeMember(work, visitId, idOf('stationDoctor')))
    const nurse = await enter('nurse')
    const doctor = await enter('stationDoctor')
    let out = false
    void doctor.gone.then(() => (out = true))
    await vi.waitFor(
      async () => {
        await bed.runJobs()
        expect(out).toBe(true)
      },
      { timeout: 10_000, interval: 200 },
    )
    expect(nurse.seen()).toEqual([])
  }, 30_000)
})
