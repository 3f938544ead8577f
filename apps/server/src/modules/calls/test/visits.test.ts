import * as contract from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { addMember, finishVisit, openVisit, removeMember, visitFinished, visitState } from '../index.ts'

let bed: TestBed
let people: Record<'lan' | 'nurse' | 'stationDoctor' | 'duc', { client: TestClient; personId: string }>
beforeAll(async () => {
  bed = await openTestBed()
  const enter = async (key: CastKey) => {
    const client = await bed.as(key)
    const { personId } = await bed.app.readActor(client.cookie)
    return { client, personId: personId ?? '' }
  }
  people = {
    lan: await enter('lan'),
    nurse: await enter('nurse'),
    stationDoctor: await enter('stationDoctor'),
    duc: await enter('duc'),
  }
})
afterAll(() => bed.close())

const transact = <T>(handler: (work: Work) => Promise<T>): Promise<T> => bed.platform.transact(systemActor, handler)

async function open(): Promise<string> {
  const visitId = randomUUID()
  await transact((work) =>
    openVisit(work, {
      visitId,
      kind: 'test',
      members: [
        { personId: people.lan.personId, role: 'patient' },
        { personId: people.nurse.personId, role: 'nurse', mayFinish: true },
      ],
    }),
  )
  return visitId
}

describe('a visit', () => {
  test('is seen by its members with names, and by nobody else', async () => {
    const visitId = await open()
    const view = await people.lan.client.call(contract.getVisit, { params: { visitId } })
    expect(view.members.map((member) => [member.role, member.name !== '', member.present])).toEqual(
      expect.arrayContaining([
        ['patient', true, false],
        ['nurse', true, false],
      ]),
    )
    expect(view.mayFinish).toBe(false)
    const mine = (await people.nurse.client.call(contract.myVisits)).visits.find((visit) => visit.visitId === visitId)
    expect(mine).toMatchObject({
      presentCount: 0,
      lastEnteredAt: null,
      others: [view.members.find((member) => member.role === 'patient')?.name],
    })
    const stranger = people.duc.client
    expect((await stranger.call(contract.myVisits)).visits).toEqual([])
    for (const route of [contract.getVisit, contract.issueTicket, contract.finishVisit] as const)
      expect((await stranger.try(route, { params: { visitId } })).problem).toMatchObject({
        status: 404,
        code: 'VISIT_UNKNOWN',
      })
    expect((await bed.anonymous().try(contract.getVisit, { params: { visitId } })).status).toBe(401)
  })

  test('opens once, however often it is asked for', async () => {
    const visitId = await open()
    const again = (kind: string) =>
      transact((work) =>
        openVisit(work, { visitId, kind, members: [{ personId: people.lan.personId, role: 'patient' }] }),
      )
    await again('test')
    await expect(again('other')).rejects.toMatchObject({ code: 'ID_TAKEN' })
    const state = await transact((work) => visitState(work, visitId))
    expect(state.members).toHaveLength(2)
  })

  test('takes a member in and shows one out', async () => {
    const visitId = await open()
    await transact((work) => addMember(work, visitId, { personId: people.stationDoctor.personId, role: 'doctor' }))
    expect((await people.stationDoctor.client.call(contract.issueTicket, { params: { visitId } })).transport).toBe(
      'mesh',
    )
    await transact((work) => removeMember(work, visitId, people.stationDoctor.personId))
    expect((await people.stationDoctor.client.try(contract.issueTicket, { params: { visitId } })).problem?.code).toBe(
      'VISIT_UNKNOWN',
    )
  })

  test('tells nobody of a member who is let in again, as each reload of a page asks for', async () => {
    const visitId = await open()
    const add = () =>
      transact(async (work) => {
        const live = vi.spyOn(work, 'live')
        await addMember(work, visitId, { personId: people.stationDoctor.personId, role: 'doctor' })
        return live.mock.calls.map(([, name]) => name)
      })
    expect([await add(), await add()]).toEqual([['call:visits', 'call:members'], []])
    const { rows } = await bed.owner.query(
      "select 1 from audit.entry where action = 'calls.addMember' and subject_id = $1",
      [visitId],
    )
    expect(rows).toHaveLength(1)
  })

  test('without a media server has a place for listeners, and none for who must not hear or is not seen', async () => {
    const visitId = await open()
    const ask = async (mediaRole: 'listener' | 'helper') => {
      const { client, personId } = people.stationDoctor
      await transact((work) => addMember(work, visitId, { personId, role: 'doctor', mediaRole }))
      const { problem, status } = await client.try(contract.issueTicket, { params: { visitId } })
      await transact((work) => removeMember(work, visitId, personId))
      return problem?.code ?? status
    }
    expect([await ask('listener'), await ask('helper')]).toEqual([200, 'CALL_NEEDS_SERVER'])
  })

  test('ends only by finish, by who may, once; then nobody enters or opens it again', async () => {
    const visitId = await open()
    const told: string[] = []
    bed.platform.events.on(visitFinished, async (_work, fact) => void told.push(fact.visitId))
    expect((await people.lan.client.try(contract.finishVisit, { params: { visitId } })).problem).toMatchObject({
      status: 403,
      code: 'VISIT_FINISH_REFUSED',
    })
    const { finishedAt } = await people.nurse.client.call(contract.finishVisit, { params: { visitId } })
    expect(await people.nurse.client.call(contract.finishVisit, { params: { visitId } })).toMatchObject({ finishedAt })
    await transact((work) => finishVisit(work, visitId))
    expect(told.filter((id) => id === visitId)).toHaveLength(1)
    expect((await people.lan.client.call(contract.getVisit, { params: { visitId } })).finishedAt).toBe(finishedAt)
    expect((await people.lan.client.try(contract.issueTicket, { params: { visitId } })).problem).toMatchObject({
      status: 409,
      code: 'VISIT_FINISHED',
    })
    await expect(transact((work) => openVisit(work, { visitId, kind: 'test', members: [] }))).rejects.toMatchObject({
      code: 'VISIT_FINISHED',
    })
    await expect(
      transact((work) => addMember(work, visitId, { personId: people.duc.personId, role: 'guest' })),
    ).rejects.toMatchObject({ code: 'VISIT_FINISHED' })
    expect((await people.lan.client.call(contract.myVisits)).visits.map((visit) => visit.visitId)).not.toContain(
      visitId,
    )
  })
})

describe('the second wall', () => {
  test('shows a stranger no row of a visit and lets no member write one', async () => {
    const visitId = await open()
    const actor = await bed.app.readActor(people.duc.client.cookie)
    const rows = await bed.platform.transact(actor, ({ tx }) =>
      tx.selectFrom('calls.member').selectAll().where('visit_id', '=', visitId).execute(),
    )
    expect(rows).toEqual([])
    const lan = await bed.app.readActor(people.lan.client.cookie)
    const changed = await bed.platform.transact(lan, ({ tx }) =>
      tx.updateTable('calls.visit').set({ finished_at: new Date() }).where('id', '=', visitId).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(0n)
  })
})

describe('a ring', () => {
  test('reaches the member, is answered once, and tells the same however often', async () => {
    const visitId = await open()
    const ringId = randomUUID()
    const ring = { params: { visitId }, body: { ringId, personId: people.lan.personId } }
    const { until } = await people.nurse.client.call(contract.ringMember, ring)
    expect(await people.nurse.client.call(contract.ringMember, ring)).toEqual({ ringId, until })
    const waiting = (await people.lan.client.call(contract.myRings)).rings
    expect(waiting).toEqual([expect.objectContaining({ ringId, visitId, fromRole: 'nurse' })])
    const answer = (given: 'accept' | 'decline') =>
      people.lan.client.try(contract.answerRing, { params: { visitId }, body: { ringId, answer: given } })
    expect((await answer('accept')).status).toBe(200)
    expect((await answer('accept')).status).toBe(200)
    expect((await answer('decline')).problem).toMatchObject({ status: 409, code: 'RING_OVER' })
    expect((await people.lan.client.call(contract.myRings)).rings).toEqual([])
  })

  test('a new ring takes the place of the old; the caller may stop it; others may not answer it', async () => {
    const visitId = await open()
    const ids = [randomUUID(), randomUUID()] as const
    for (const ringId of ids)
      await people.nurse.client.call(contract.ringMember, {
        params: { visitId },
        body: { ringId, personId: people.lan.personId },
      })
    expect((await people.lan.client.call(contract.myRings)).rings.map((ring) => ring.ringId)).toEqual([ids[1]])
    const byCaller = await people.nurse.client.try(contract.answerRing, {
      params: { visitId },
      body: { ringId: ids[1], answer: 'accept' },
    })
    expect(byCaller.problem?.code).toBe('RING_UNKNOWN')
    await people.nurse.client.call(contract.cancelRing, { params: { visitId }, body: { ringId: ids[1] } })
    expect((await people.lan.client.call(contract.myRings)).rings).toEqual([])
    const late = await people.lan.client.try(contract.answerRing, {
      params: { visitId },
      body: { ringId: ids[1], answer: 'accept' },
    })
    expect(late.problem?.code).toBe('RING_OVER')
  })

  test('only members are rung', async () => {
    const visitId = await open()
    const answer = await people.nurse.client.try(contract.ringMember, {
      params: { visitId },
      body: { ringId: randomUUID(), personId: people.duc.personId },
    })
    expect(answer.problem?.code).toBe('MEMBER_UNKNOWN')
  })
})
