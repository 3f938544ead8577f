import { randomUUID } from 'node:crypto'
import { editPatient, readPatient } from '@moinha/contracts/records'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
const [child] = castCitizens.lan.family
const childId = demoPersonId(child?.key ?? '')

const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let lan: TestClient, nurse: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  lan = await bed.as('lan')
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())
beforeEach(async () => {
  clock.set(at('2037-11-24T06:00'))
  await bed.owner.query(
    `truncate scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment_history,
      scheduling.appointment, scheduling.queue_counter`,
  )
})

async function book(start: string, patientId = lanId): Promise<string> {
  const id = randomUUID()
  const body = { id, facilityId: poY, patientId, practitionerId: nurseId, start: at(start), kind: 'remote_advice' }
  await lan.call(contract.bookAppointment, { body: { ...body, reason: 'ho' } as never })
  return id
}
const day = (since?: string, limit?: string) =>
  nurse.call(contract.dayList, {
    params: { facilityId: poY },
    query: { date: '2037-11-24', ...(since && { since }), ...(limit && { limit }) },
  })
const mine = (since?: string, when: 'upcoming' | 'past' = 'upcoming') =>
  lan.call(contract.myAppointments, { query: { when, ...(since && { since }) } })
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)

describe('a list since a mark', () => {
  test('tells what came and changed, what left, and nothing where nothing happened', async () => {
    const [first, second] = [await book('2037-11-24T07:00'), await book('2037-11-24T08:00')]
    const whole = await day()
    expect([idsOf(whole), whole.gone]).toEqual([[first, second], null])

    const quiet = await day(whole.now)
    expect([quiet.items, quiet.gone, quiet.counts]).toEqual([[], [], whole.counts])

    const third = await book('2037-11-24T09:00')
    await nurse.call(contract.confirmAppointment, { params: { id: second } })
    const changed = await day(quiet.now)
    expect([idsOf(changed), changed.gone]).toEqual([[second, third], []])
    expect(changed.items[0]?.state).toBe('confirmed')
    expect(idsOf(await day(changed.now))).toEqual([])
    // an older mark still answers all that happened since
    expect(idsOf(await day(whole.now))).toEqual([second, third])
  })

  test('names what moved to another day, and tells it as new when it comes back', async () => {
    const id = await book('2037-11-24T07:00')
    const before = await day()
    const move = (start: string) =>
      nurse.call(contract.moveAppointment, { params: { id }, body: { start: at(start), practitionerId: nurseId } })
    await move('2037-11-25T07:00')
    const away = await day(before.now)
    expect([away.items, away.gone]).toEqual([[], [id]])
    await move('2037-11-24T10:00')
    const back = await day(away.now)
    expect([idsOf(back), back.gone]).toEqual([[id], []])
    expect(back.items[0]?.start).toBe(at('2037-11-24T10:00'))
  })

  test('tells a corrected name, of nobody else and nothing but the name', async () => {
    const [own] = [await book('2037-11-24T07:00'), await book('2037-11-24T08:00', childId)]
    const [before, citizen] = [await day(), await mine()]
    const { patient } = await nurse.call(readPatient, { params: { patientId: lanId } })
    const edit = (fullName: string, version: number) =>
      nurse.call(editPatient, { params: { patientId: lanId }, body: { ...patient, fullName, version } })
    const { version } = await edit('Y Lan Sửa', patient.version)
    const after = await day(before.now)
    expect(after.items).toEqual([
      { ...before.items[0], id: own, patient: { ...before.items[0]?.patient, fullName: 'Y Lan Sửa' } },
    ])
    expect([after.gone, after.counts]).toEqual([[], before.counts])
    expect((await mine(citizen.now)).items.map((row) => row.patient.fullName)).toEqual(['Y Lan Sửa'])
    const { rows } = await bed.owner.query('select 1 from scheduling.appointment_history where appointment_id = $1', [
      own,
    ])
    expect(rows).toHaveLength(1)
    await edit(patient.fullName, version)
  })

  test('misses no transaction that began before the mark and commits after it', async () => {
    const [early, late] = [await book('2037-11-24T07:00'), await book('2037-11-24T08:00')]
    const slow = await bed.owner.connect()
    try {
      await slow.query('begin')
      await slow.query(`update scheduling.appointment set reason = 'sốt' where id = $1`, [early])
      // begun later, committed earlier
      await bed.owner.query(`update scheduling.appointment set reason = 'đau' where id = $1`, [late])
      const between = await day()
      expect(between.items.map(({ reason }) => reason)).toEqual(['ho', 'đau'])
      const meanwhile = await day(between.now)
      expect(meanwhile.items).toEqual([])
      await slow.query('commit')
      const after = await day(meanwhile.now)
      expect(after.items.map(({ id, reason }) => [id, reason])).toEqual([[early, 'sốt']])
      expect((await day(after.now)).items).toEqual([])
    } finally {
      slow.release()
    }
  })

  test('names what was removed from the database', async () => {
    const id = await book('2037-11-24T07:00')
    const [ofDay, ofMine] = [await day(), await mine()]
    await bed.owner.query('delete from scheduling.appointment_history where appointment_id = $1', [id])
    await bed.owner.query('delete from scheduling.appointment where id = $1', [id])
    expect((await day(ofDay.now)).gone).toEqual([id])
    expect((await mine(ofMine.now)).gone).toEqual([id])
  })

  test('tells what time alone changes: what may be done, and what is over', async () => {
    const id = await book('2037-11-24T07:00')
    await nurse.call(contract.confirmAppointment, { params: { id } })
    const between = async <R>(from: string, to: string, read: (since?: string) => Promise<R & { now: string }>) => {
      clock.set(at(`2037-11-24T${from}`))
      const { now } = await read()
      clock.set(at(`2037-11-24T${to}`))
      return read(now)
    }
    expect((await between('06:40', '06:44', mine)).items).toEqual([])
    expect((await between('06:44', '06:46', mine)).items[0]?.may).toContain('join')
    expect((await between('06:58', '07:01', day)).items[0]?.may).toContain('no_show')
    const past = (since?: string) => mine(since, 'past')
    expect((await between('07:58', '08:01', mine)).gone).toEqual([id])
    expect(idsOf(await between('07:58', '08:01', past))).toEqual([id])
  })

  test('begins anew where it cannot say: too old, another day, another list, not ours, more than a page', async () => {
    const [first, second] = [await book('2037-11-24T07:00'), await book('2037-11-24T08:00')]
    const { now } = await day()
    const anew = async (since: string) => [idsOf(await day(since)), (await day(since)).gone]
    const whole = [[first, second], null]
    expect(await anew((await mine()).now)).toEqual(whole)
    const forged = (snapshot: string) => {
      const [, ...rest] = JSON.parse(Buffer.from(now, 'base64url').toString()) as unknown[]
      return Buffer.from(JSON.stringify([snapshot, ...rest])).toString('base64url')
    }
    const timed = (atMs?: number, wholeMs?: number) => {
      const [snapshot, at, wholeAt, bound] = JSON.parse(Buffer.from(now, 'base64url').toString()) as unknown[]
      return Buffer.from(JSON.stringify([snapshot, atMs ?? at, wholeMs ?? wholeAt, bound])).toString('base64url')
    }
    for (const since of [
      'x',
      '%00',
      forged('9:1:'),
      forged('1:1:5'),
      forged("1:1:'"),
      forged('1:9000000000000000000:'),
      timed(-9e15),
      timed(-8.64e15),
      timed(0),
      timed(undefined, 9e15),
      timed(undefined, clock.now().getTime() + 3_600_000),
    ])
      expect(await anew(since), since).toEqual(whole)
    await bed.owner.query(`update scheduling.appointment set reason = 'sốt'`)
    expect((await day(now, '1')).gone).toBeNull()
    clock.set(at('2037-11-24T06:11'))
    expect(await anew(now)).toEqual(whole)
  })

  test('follows what one may see: a right lost or gained between two asks begins anew without the other’s', async () => {
    const [own, ofChild] = [await book('2037-11-24T07:00'), await book('2037-11-24T08:00', childId)]
    const { now, items } = await mine()
    expect(idsOf({ items })).toEqual([own, ofChild])
    await bed.owner.query(`update identity.family_member set valid_until = now() where dependant_id = $1`, [childId])
    const after = await mine(now)
    expect([idsOf(after), after.gone]).toEqual([[own], null])
    // what changes of the child's now is none of theirs
    await bed.owner.query(`update scheduling.appointment set reason = 'sốt' where id = $1`, [ofChild])
    const later = await mine(after.now)
    expect([later.items, later.gone]).toEqual([[], []])
    const ofStation = await day()
    await bed.owner.query(`update identity.practitioner_role set valid_until = current_date - 1 where person_id = $1`, [
      nurseId,
    ])
    const refused = await nurse.try(contract.dayList, {
      params: { facilityId: poY },
      query: { date: '2037-11-24', since: ofStation.now },
    })
    expect(refused.status).toBe(403)
  })
})
