import { issueTicket, type CallTicket, type MediaRole } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { EmbeddedLivekit } from '../../../embedded/livekit/embedded-livekit.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { createLog } from '../../../platform/log/log.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import { addMember, muteMembers, openVisit, setMediaRole } from '../index.ts'
import { joinHeadless, type HeadlessClient } from '../../../platform/testing/headless-client.ts'

const binary = process.env['LIVEKIT_SERVER'] ?? ''

describe.skipIf(!existsSync(binary))('what a role may do at a LiveKit server', () => {
  let bed: TestBed
  const inside: HeadlessClient[] = []
  beforeAll(async () => {
    bed = await openTestBed({
      config: { LIVEKIT: 'auto', LIVEKIT_SERVER: binary },
      mediaServer: (config) => new EmbeddedLivekit(config, createLog({ LOG_LEVEL: 'error' })),
    })
    await bed.app.listen({ port: 0, host: '127.0.0.1' })
    await vi.waitFor(() => expect(bed.platform.mediaServer?.state().address).toBeTruthy(), { timeout: 10_000 })
  })
  afterEach(async () => void (await Promise.all(inside.splice(0).map((client) => client.leave()))))
  afterAll(() => bed.close())

  const transact = <T>(handler: (work: Work) => Promise<T>): Promise<T> => bed.platform.transact(systemActor, handler)

  /** A visit of the cast, each with a role, and a way in for each. */
  async function visitOf(roles: Partial<Record<CastKey, MediaRole>>) {
    const visitId = randomUUID()
    await transact((work) => openVisit(work, { visitId, kind: 'test', members: [] }))
    const people = new Map<CastKey, { personId: string; ticket: () => Promise<CallTicket['livekit']> }>()
    for (const [key, mediaRole] of Object.entries(roles) as [CastKey, MediaRole][]) {
      const client = await bed.as(key)
      const personId = (await bed.app.readActor(client.cookie)).personId ?? ''
      await transact((work) => addMember(work, visitId, { personId, role: key, mediaRole }))
      const ticket = async () => (await client.call(issueTicket, { params: { visitId } })).livekit
      people.set(key, { personId, ticket })
    }
    const idOf = (key: CastKey) => people.get(key)?.personId ?? ''
    const enter = async (key: CastKey) => {
      const client = await joinHeadless((await people.get(key)?.ticket()) ?? { url: '', token: '' })
      inside.push(client)
      return client
    }
    return { visitId, idOf, enter, ticket: (key: CastKey) => people.get(key)?.ticket() }
  }

  const personsIn = (identities: string[]) => identities.map((identity) => identity.split(':')[0]).sort()

  test('a speaker is heard; a listener hears and may not send; a helper hears nobody; a recorder hears unseen', async () => {
    const { enter, idOf } = await visitOf({
      nurse: 'speaker',
      stationDoctor: 'listener',
      unitAdmin: 'helper',
      officer: 'recorder',
    })
    const recorder = await enter('officer')
    const [nurse, doctor, helper] = [await enter('nurse'), await enter('stationDoctor'), await enter('unitAdmin')]
    await nurse.speak()
    await expect.poll(() => personsIn(doctor.hears())).toEqual([idOf('nurse')])
    await expect.poll(() => personsIn(recorder.hears())).toEqual([idOf('nurse')])
    expect(helper.hears()).toEqual([])
    for (const one of [nurse, doctor, helper]) expect(personsIn(one.seen())).not.toContain(idOf('officer'))
    // the server does not answer a page that may not send: its client gives up after long
    for (const silent of [doctor, helper, recorder]) void silent.speak().catch(() => undefined)
    await sleep(2_000)
    expect(nurse.hears()).toEqual([])
  }, 30_000)

  test('a listener who is given the word speaks in the same call, and is silent again when it is taken', async () => {
    const { visitId, enter, idOf } = await visitOf({ nurse: 'speaker', stationDoctor: 'listener' })
    const [nurse, doctor] = [await enter('nurse'), await enter('stationDoctor')]
    await transact((work) => setMediaRole(work, visitId, idOf('stationDoctor'), 'speaker'))
    await bed.runJobs()
    await vi.waitFor(() => doctor.speak(), { timeout: 5_000 })
    await expect.poll(() => personsIn(nurse.hears())).toEqual([idOf('stationDoctor')])
    await transact((work) => muteMembers(work, visitId, [idOf('stationDoctor')]))
    await bed.runJobs()
    const muted = () => [...(nurse.room.remoteParticipants.values().next().value?.trackPublications.values() ?? [])]
    await expect.poll(() => muted().map((one) => one.muted)).toEqual([true])
    await transact((work) => setMediaRole(work, visitId, idOf('stationDoctor'), 'listener'))
    await bed.runJobs()
    await expect.poll(() => nurse.hears()).toEqual([])
  }, 30_000)

  test('a token opens its own room and no other', async () => {
    const [one, other] = [await visitOf({ nurse: 'speaker' }), await visitOf({ nurse: 'speaker' })]
    const nurse = await one.enter('nurse')
    expect(nurse.room.name).toBe(one.visitId)
    const elsewhere = await other.ticket('nurse')
    const [head, , signature] = (elsewhere?.token ?? '').split('.')
    const forged = Buffer.from(
      JSON.stringify({ ...claimsOf(elsewhere?.token ?? ''), video: { roomJoin: true, room: one.visitId } }),
    ).toString('base64url')
    await expect(
      joinHeadless({ url: elsewhere?.url ?? '', token: [head, forged, signature].join('.') }),
    ).rejects.toThrow()
    expect(nurse.seen()).toEqual([])
  }, 30_000)
})

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object
