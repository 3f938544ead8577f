import { issueTicket, type CallTicket } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenedPage } from '../../../platform/testing/open-page.ts'
import { openFleet, type Fleet } from '../../../platform/testing/server-fleet.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { hasLivekit } from '../../../platform/testing/media-node.ts'
import { openLivekitNodes, type LivekitNodes } from './livekit-nodes.ts'

describe.skipIf(!hasLivekit)('two processes whose only media server goes for long', () => {
  let fleet: Fleet
  let nodes: LivekitNodes
  let people: [TestClient, TestClient]
  const pages: OpenedPage[] = []
  beforeAll(async () => {
    nodes = await openLivekitNodes(1)
    fleet = await openFleet({ processes: 2, env: nodes.config })
    people = [await fleet.as('nurse', 0), await fleet.as('stationDoctor', 1)]
  }, 120_000)
  afterEach(() => pages.splice(0).forEach((page) => page.close()))
  afterAll(async () => {
    await fleet.close()
    await nodes.close()
  }, 60_000)

  /** A visit of both, written past the product: what is tested is its room. */
  async function openVisit(): Promise<string> {
    const visitId = randomUUID()
    await fleet.owner.query("insert into calls.visit (id, kind, opened_at) values ($1, 'test', now())", [visitId])
    await fleet.owner.query(
      `insert into calls.member (visit_id, person_id, role, name, added_at)
        select $1, id, 'member', 'x', now() from unnest($2::uuid[]) id`,
      [visitId, (['nurse', 'stationDoctor'] as const).map((key) => demoPersonId(castStaffMember(key).key))],
    )
    return visitId
  }
  async function pagesOfBoth(): Promise<[OpenedPage, OpenedPage]> {
    const both = [await fleet.page(people[0], 0), await fleet.page(people[1], 1)] as [OpenedPage, OpenedPage]
    pages.push(...both)
    return both
  }
  const ask = (client: TestClient, visitId: string) => client.try(issueTicket, { params: { visitId } })
  const transportOf = async (client: TestClient, visitId: string) => {
    const { body, problem } = await ask(client, visitId)
    return problem?.code ?? (body as CallTicket).transport
  }
  const enter = ({ socket }: OpenedPage, visitId: string, transport: string): Promise<unknown> =>
    socket.timeout(5_000).emitWithAck('call:enter', { visitId, peer: randomUUID(), device: randomUUID(), transport })
  const losses = ({ heard }: OpenedPage) => heard.filter(({ name }) => name === 'call:media-lost').length

  test('each screen is told once; after 20 s the two go on from page to page, and later return to the server', async () => {
    const visitId = await openVisit()
    const both = await pagesOfBoth()
    for (const client of people) expect(await transportOf(client, visitId)).toBe('livekit')
    for (const page of both) expect(await enter(page, visitId, 'livekit')).toMatchObject({ ok: true })
    nodes.kill(0)
    const began = performance.now()
    await vi.waitFor(() => expect(both.map(losses)).toEqual([1, 1]), { timeout: 5_000, interval: 50 })
    // by now the other process has seen it too
    await sleep(2_500)
    expect(both.map(losses)).toEqual([1, 1])
    for (const client of people)
      await vi.waitFor(async () => expect(await transportOf(client, visitId)).toBe('MEDIA_AWAY'), { timeout: 3_000 })
    for (const client of people)
      await vi.waitFor(async () => expect(await transportOf(client, visitId)).toBe('mesh'), {
        timeout: 30_000,
        interval: 250,
      })
    expect(performance.now() - began).toBeGreaterThan(19_000)

    for (const page of both) expect(await enter(page, visitId, 'mesh')).toMatchObject({ ok: true })
    const arrives = both[1].next('call:signal')
    both[0].socket.emit('call:signal', { visitId, to: both[1].socket.id, data: { epoch: 1, requestOffer: true } })
    expect(await arrives).toMatchObject({ visitId })

    // it is back: the call that goes on is not cut, the next one runs through it again
    await nodes.start(0)
    const next = await openVisit()
    for (const client of people)
      await vi.waitFor(async () => expect(await transportOf(client, next)).toBe('livekit'), { timeout: 10_000 })
    expect(await transportOf(people[0], visitId)).toBe('mesh')
    for (const { socket } of both) socket.emit('call:leave', { visitId })
    await vi.waitFor(async () => expect(await transportOf(people[1], visitId)).toBe('livekit'), { timeout: 5_000 })
    expect(await transportOf(people[0], visitId)).toBe('livekit')
  }, 90_000)
})
