import type { Ring } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { RING_SECONDS, ringState } from '../domain/ring-rules.ts'
import { callsErrors } from '../errors.ts'
import { peopleOf } from '../policy.ts'
import { cancelWaiting, endRing, findRing, insertRing, waitingFor, type RingRow } from '../store/ring-rows.ts'
import { patientsOf } from './read-visits.ts'
import { requireInside } from './require-inside.ts'
import { requireJoinable } from './require-joinable.ts'

/** Rings a member; the same id sent twice rings once, and a new ring takes the place of the one before. */
export async function ringMember(
  work: Work,
  visitId: string,
  ring: { ringId: string; personId: string },
): Promise<Date> {
  const { members, membership: from } = await requireInside(work, visitId)
  if (!members.some((member) => member.person_id === ring.personId)) throw callsErrors.MEMBER_UNKNOWN()
  return asSystem(work, systemActor, async (system) => {
    const known = await findRing(system.tx, ring.ringId)
    if (known !== undefined) return sameRing(known, visitId, ring.personId)
    await cancelWaiting(system.tx, visitId, ring.personId, work.now)
    const until = new Date(work.now.getTime() + RING_SECONDS * 1000)
    await insertRing(system.tx, {
      id: ring.ringId,
      visit_id: visitId,
      person_id: ring.personId,
      from_person_id: from.person_id,
      rung_at: work.now,
      until,
      answered_at: null,
      declined_at: null,
      cancelled_at: null,
    })
    await work.live(`person:${ring.personId}`, 'call:ring', { visitId, ringId: ring.ringId })
    return until
  })
}

function sameRing(known: RingRow, visitId: string, personId: string): Date {
  if (known.visit_id !== visitId || known.person_id !== personId) throw platformErrors.ID_TAKEN()
  return known.until
}

/** Answers or declines; the first answer counts, the same one again changes nothing. */
export async function answerRing(
  work: Work,
  visitId: string,
  given: { ringId: string; answer: 'accept' | 'decline' },
): Promise<void> {
  await requireJoinable(work, visitId)
  const ring = await ownRing(work, visitId, given.ringId, 'person_id')
  const wanted = given.answer === 'accept' ? 'answered' : 'declined'
  const state = ringState(ring, work.now)
  if (state === wanted) return
  if (state !== 'ringing') throw callsErrors.RING_OVER({ state })
  const ended = await asSystem(work, systemActor, ({ tx }) => endRing(tx, ring.id, `${wanted}_at`, work.now))
  if (!ended) throw callsErrors.RING_OVER()
  await tellRingOver(work, ring, wanted)
}

/** Stops ringing, by the one who rang. */
export async function cancelRing(work: Work, visitId: string, ringId: string): Promise<void> {
  await requireJoinable(work, visitId, { finishedToo: true })
  const ring = await ownRing(work, visitId, ringId, 'from_person_id')
  const ended = await asSystem(work, systemActor, ({ tx }) => endRing(tx, ring.id, 'cancelled_at', work.now))
  if (ended) await tellRingOver(work, ring, 'cancelled')
}

/** What rings for me now. */
export async function myRings(work: Work): Promise<Ring[]> {
  const people = peopleOf(work.actor)
  if (people.length === 0) return []
  const rows = await waitingFor(work.tx, people, work.now)
  if (rows.length > 0) {
    const patientIds = await patientsOf(
      work,
      rows.map((row) => row.visit_id),
    )
    work.audit({ action: 'calls.myRings', subject: 'ring', patientIds, detail: { rings: rows.map((row) => row.id) } })
  }
  return rows.map((row) => ({
    ringId: row.id,
    visitId: row.visit_id,
    kind: row.kind,
    fromName: row.name ?? '',
    fromRole: row.role ?? '',
    rungAt: row.rung_at.toISOString(),
    until: row.until.toISOString(),
  }))
}

async function ownRing(
  work: Work,
  visitId: string,
  ringId: string,
  as: 'person_id' | 'from_person_id',
): Promise<RingRow> {
  const ring = await findRing(work.tx, ringId)
  if (ring === undefined || ring.visit_id !== visitId || !peopleOf(work.actor).includes(ring[as]))
    throw callsErrors.RING_UNKNOWN()
  return ring
}

async function tellRingOver(work: Work, ring: RingRow, state: 'answered' | 'declined' | 'cancelled'): Promise<void> {
  const message = { visitId: ring.visit_id, ringId: ring.id, state }
  await work.live(`person:${ring.person_id}`, 'call:ring-over', message)
  await work.live(`person:${ring.from_person_id}`, 'call:ring-over', message)
}
