import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCard } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { endAccess, grantAccess } from '../../records/index.ts'
import { consultsErrors } from '../errors.ts'
import { consultAccepted, consultReturned } from '../events.ts'
import { mayAnswer, maySchedule } from '../policy.ts'
import { moveConsult, writeEvent } from '../store/consult-rows.ts'
import type { ConsultRow } from '../store/tables.ts'
import { lockConsultAsSystem, lockConsult } from './part-in-case.ts'
import { endRing, ringNext, rungPeople, stopEscalation } from './ring-next.ts'
import { endSession, openSession } from './open-session.ts'
import { recordUpperLevelPart } from './signed-consult.ts'
import { factOf, notifyConsult } from './notify-consult.ts'

/** Takes the case. The first wins; whoever comes second is told who has it. An urgent case begins at once. */
export async function acceptConsult(work: Work, id: string): Promise<void> {
  const { row, part } = await lockConsultAsSystem(work, id)
  if (!mayAnswer(work.actor, row, part)) throw consultsErrors.CONSULT_UNKNOWN()
  if (row.consultant_id !== null) {
    if (row.consultant_id === work.actor.personId && row.status !== 'returned' && row.status !== 'cancelled') return
    throw consultsErrors.CONSULT_ALREADY_ACCEPTED(await whoHas(work, row))
  }
  const facilityId = await answeringUnit(work, row)
  const after = await asSystem(work, systemActor, async (system) => {
    const taken = await moveConsult(system, row, 'accept', {
      consultant_id: work.actor.personId,
      supporting_facility_id: facilityId,
      accepted_at: work.now,
      event: { name: 'accepted', actorId: work.actor.personId },
    })
    await stopEscalation(
      system,
      row,
      row.status === 'submitted' && (await ringsFor(system, row)) === work.actor.personId ? 'answered' : 'stopped',
    )
    const exceptPersonId = work.actor.personId
    await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'taken', exceptPersonId })
    return taken
  })
  await grantAccess(work, {
    patientId: row.patient_id,
    ...(work.actor.personId && { personId: work.actor.personId }),
    reason: 'consult',
    subjectId: row.id,
  })
  // the encounter may be finished before the minutes are signed; that the upper level took part is known from now on
  await recordUpperLevelPart(work, row.encounter_id)
  work.audit({ action: 'consults.accept', subject: 'consult', subjectId: id, patientId: row.patient_id })
  const begun = after.status === 'in_session' ? await openSession(work, after) : after
  await asSystem(work, systemActor, async (system) => notifyConsult(system, begun, await rungPeople(system, row)))
  await work.emit(consultAccepted, factOf(begun, work.now))
}

async function ringsFor({ tx }: Work, row: ConsultRow): Promise<string | undefined> {
  const ring = await tx
    .selectFrom('consults.ring')
    .where('consult_id', '=', row.id)
    .where('step', '=', row.step)
    .where('ring_result', '=', 'ringing')
    .select('person_id')
    .executeTakeFirst()
  return ring?.person_id
}

/** The hospital for which the actor answers: where they were rung, else the one asked last. */
async function answeringUnit(work: Work, row: ConsultRow): Promise<string | null> {
  return asSystem(work, systemActor, async ({ tx }) => {
    const ring = await tx
      .selectFrom('consults.ring')
      .where('consult_id', '=', row.id)
      .where('round', '=', row.round)
      .where('person_id', '=', work.actor.personId ?? '')
      .select('facility_id')
      .executeTakeFirst()
    return ring?.facility_id ?? row.supporting_facility_id
  })
}

async function whoHas(work: Work, row: ConsultRow) {
  const [person] = await personCards(work.tx, row.consultant_id ? [row.consultant_id] : [])
  const unit = row.supporting_facility_id ? await facilityCard(work.tx, row.supporting_facility_id) : undefined
  return { by: person?.fullName ?? '', facilityName: unit?.shortName ?? '', at: row.accepted_at?.toISOString() }
}

/** "I cannot": the next is rung at once. Declining a ring that is over changes nothing. */
export async function declineConsult(work: Work, id: string, reason: string): Promise<void> {
  const { row, part } = await lockConsultAsSystem(work, id)
  if (!part.rung || !mayAnswer(work.actor, row, part)) throw consultsErrors.CONSULT_UNKNOWN()
  await asSystem(work, systemActor, async (system) => {
    if (row.status !== 'submitted' || (await ringsFor(system, row)) !== work.actor.personId) return
    await endRing(system, row, 'declined', reason)
    await writeEvent(system, row.id, { name: 'declined', actorId: work.actor.personId, step: row.step, note: reason })
    await ringNext(system, row)
  })
  work.audit({ action: 'consults.decline', subject: 'consult', subjectId: id, patientId: row.patient_id })
}

/** Sends the request back to be completed or withdrawn. */
export async function returnConsult(work: Work, id: string, reason: string): Promise<void> {
  const { row, part } = await lockConsult(work, id)
  if (!mayAnswer(work.actor, row, part)) throw consultsErrors.CONSULT_NOT_YOURS()
  await asSystem(work, systemActor, async (system) => {
    const after = await moveConsult(system, row, 'return', {
      return_reason: reason,
      consultant_id: null,
      accepted_at: null,
      scheduled_at: null,
      event: { name: 'returned', actorId: work.actor.personId, note: reason },
    })
    await stopEscalation(system, row, 'answered')
    await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'returned' })
    await endSession(system, row)
    await notifyConsult(system, after, [row.consultant_id, ...(await rungPeople(system, row))])
    await recordUpperLevelPart(system, row.encounter_id)
    await system.emit(consultReturned, { ...factOf(after, work.now), consultantId: work.actor.personId })
  })
  work.audit({ action: 'consults.return', subject: 'consult', subjectId: id, patientId: row.patient_id })
}

/** Fixes the time of a case that is not urgent. */
export async function scheduleConsult(work: Work, id: string, at: Date): Promise<void> {
  const { row, part } = await lockConsult(work, id)
  if (!maySchedule(work.actor, row, part)) throw consultsErrors.CONSULT_NOT_YOURS()
  // sent again: that time stands already, and the case may have moved on from it
  if (row.scheduled_at?.getTime() === at.getTime()) return
  if (at <= work.now) throw consultsErrors.CONSULT_TIME_PAST()
  const after = await moveConsult(work, row, 'schedule', {
    scheduled_at: at,
    event: { name: 'scheduled', note: at.toISOString() },
  })
  await notifyConsult(work, after, [row.requester_id])
  work.audit({ action: 'consults.schedule', subject: 'consult', subjectId: id, patientId: row.patient_id })
}
