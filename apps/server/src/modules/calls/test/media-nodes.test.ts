import { issueTicket, type CallTicket } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EmbeddedLivekit } from '../../../embedded/livekit/embedded-livekit.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { createLog } from '../../../platform/log/log.ts'
import { hasLivekit, livekitBinary } from '../../../platform/testing/media-node.ts'
import { openLivekitNodes, type LivekitNodes } from './livekit-nodes.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { openVisit } from '../index.ts'
import { joinHeadless } from '../../../platform/testing/headless-client.ts'

/** A visit of the nurse and the doctor, and a page of the nurse's in its room. */
async function visitIn(bed: TestBed) {
  const [nurse, doctor] = [await bed.as('nurse'), await bed.as('stationDoctor')]
  const visitId = randomUUID()
  const members = await Promise.all(
    [nurse, doctor].map(async ({ cookie }) => ({
      personId: (await bed.app.readActor(cookie)).personId ?? '',
      role: 'member',
    })),
  )
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  const { port } = bed.app.server.address() as AddressInfo
  const page = io(`http://127.0.0.1:${port}`, {
    extraHeaders: { cookie: nurse.cookie },
    transports: ['websocket'],
    forceNew: true,
  })
  await new Promise<void>((done, failed) => page.once('connect', done).once('connect_error', failed))
  const entry = { visitId, peer: randomUUID(), device: randomUUID(), transport: 'livekit' }
  expect(await page.timeout(5_000).emitWithAck('call:enter', entry)).toMatchObject({ ok: true })
  return { visitId, nurse, doctor, page }
}

const ask = (client: TestClient, visitId: string) => client.try(issueTicket, { params: { visitId } })
const told = (page: Socket) =>
  new Promise<{ at: number; roomNo: number }>((done) =>
    page.once('call:media-lost', ({ roomNo }: { roomNo: number }) => done({ at: Date.now(), roomNo })),
  )

/** Asks for tickets as a page does until one lets it in. */
async function enterAgain(client: TestClient, visitId: string) {
  return vi.waitFor(
    async () => {
      const { body } = await ask(client, visitId)
      return joinHeadless((body as CallTicket).livekit ?? { url: 'ws://127.0.0.1:9', token: '', roomNo: 0 })
    },
    { timeout: 15_000, interval: 250 },
  )
}

describe.skipIf(!hasLivekit)('two LiveKit servers on one Redis', () => {
  let nodes: LivekitNodes
  let bed: TestBed
  beforeAll(async () => {
    nodes = await openLivekitNodes(2)
    bed = await openTestBed({ config: { ROLE: 'web', ...nodes.config } })
    await bed.start()
    await bed.app.listen({ port: 0, host: '127.0.0.1' })
  }, 30_000)
  afterAll(async () => {
    await bed.close()
    await nodes.close()
  })

  test('one is killed: the room is told at once, and goes on at the other within five seconds', async () => {
    const { visitId, nurse, doctor, page } = await visitIn(bed)
    const first = await enterAgain(nurse, visitId)
    const { media_node: node, media_room_no: no } = await roomOf(bed, visitId)
    const lost = told(page)
    const began = Date.now()
    nodes.kill(nodes.urls.indexOf(node ?? ''))
    const { at, roomNo } = await lost
    const toldAfter = at - began
    // the room that is no more, not the next one: a page may be there when it hears this
    expect(roomNo).toBe(no)
    const [again, other] = await Promise.all([enterAgain(nurse, visitId), enterAgain(doctor, visitId)])
    const insideAfter = Date.now() - began
    await again.speak()
    await vi.waitFor(() => expect(other.hears()).toHaveLength(1), { timeout: 10_000 })
    const heardAfter = Date.now() - began
    expect(toldAfter).toBeLessThan(2_500)
    expect(insideAfter).toBeLessThan(5_000)
    expect(heardAfter).toBeLessThan(10_000)
    const after = await roomOf(bed, visitId)
    expect(after.media_node).toBe(nodes.urls.find((url) => url !== node))
    expect(after.media_room_no).toBeGreaterThan(no)
    page.disconnect()
    await Promise.all([first, again, other].map((client) => client.leave()))
  }, 40_000)
})

describe.skipIf(!hasLivekit)('the LiveKit server beside this one', () => {
  let bed: TestBed
  let own: EmbeddedLivekit
  const program = tellingItsId()
  beforeAll(async () => {
    bed = await openTestBed({
      config: { ROLE: 'web', LIVEKIT: 'auto', LIVEKIT_SERVER: program.binary },
      mediaServer: (config) => (own = new EmbeddedLivekit(config, createLog({ LOG_LEVEL: 'error' }))),
    })
    await bed.start()
    await bed.app.listen({ port: 0, host: '127.0.0.1' })
    await vi.waitFor(() => expect(own.state().address).toBeTruthy(), { timeout: 10_000 })
  }, 30_000)
  afterAll(() => bed.close())

  test('killed, it is back on the same port with the same keys within a second or two; nobody falls to the mesh', async () => {
    const { visitId, nurse, page } = await visitIn(bed)
    const before = own.state().address
    const first = await enterAgain(nurse, visitId)
    const lost = told(page)
    const began = Date.now()
    process.kill(program.pid(), 'SIGKILL')
    const toldAfter = (await lost).at - began
    expect((await ask(nurse, visitId)).problem).toMatchObject({ status: 503, code: 'MEDIA_AWAY' })
    const again = await enterAgain(nurse, visitId)
    const backAfter = Date.now() - began
    expect(toldAfter).toBeLessThan(1_000)
    expect(backAfter).toBeLessThan(4_000)
    expect(own.state().address).toBe(before)
    page.disconnect()
    await Promise.all([first, again].map((client) => client.leave()))
  }, 40_000)
})

test.skipIf(!hasLivekit)(
  'where UDP does not pass, calls go over TCP',
  async () => {
    const nodes = await openLivekitNodes(1, { onlyTcp: true })
    const bed = await openTestBed({ config: { ROLE: 'web', ...nodes.config } })
    await bed.start()
    await bed.app.listen({ port: 0, host: '127.0.0.1' })
    const { visitId, nurse, doctor, page } = await visitIn(bed)
    const [one, other] = [await enterAgain(nurse, visitId), await enterAgain(doctor, visitId)]
    await one.speak()
    await expect.poll(() => other.hears(), { timeout: 10_000 }).toHaveLength(1)
    page.disconnect()
    await Promise.all([one, other].map((client) => client.leave()))
    await bed.close()
    await nodes.close()
  },
  60_000,
)

async function roomOf(bed: TestBed, visitId: string) {
  const { rows } = await bed.owner.query<{ media_node: string | null; media_room_no: number }>(
    'select media_node, media_room_no from calls.visit where id = $1',
    [visitId],
  )
  return rows[0] ?? { media_node: null, media_room_no: 0 }
}

/** The program, which writes down its process id when it starts. */
function tellingItsId(): { binary: string; pid: () => number } {
  const folder = mkdtempSync(join(tmpdir(), 'moinha-livekit-'))
  const [binary, pidFile] = [join(folder, 'livekit-server'), join(folder, 'pid')]
  writeFileSync(binary, `#!/bin/sh\necho $$ > ${pidFile}\nexec ${livekitBinary} "$@"\n`, { mode: 0o755 })
  return { binary, pid: () => Number(readFileSync(pidFile, 'utf8')) }
}
