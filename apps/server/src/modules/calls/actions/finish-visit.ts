import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { accessChanged } from '../../../platform/realtime/publish.ts'
import { callsErrors } from '../errors.ts'
import { visitFinished } from '../events.ts'
import { mayFinish } from '../policy.ts'
import { forgetPasses } from '../store/media-pass-rows.ts'
import { endPresence } from '../store/media-presence-rows.ts'
import { lockRoom, recordFinish } from '../store/participation-rows.ts'
import { cancelWaiting } from '../store/ring-rows.ts'
import { removeAllParticipants } from '../store/participant-rows.ts'
import { closeVisit, findVisit, membersOf, type VisitRow } from '../store/visit-rows.ts'
import { endAssists } from './end-assists.ts'
import { requireJoinable } from './require-joinable.ts'

/** Finishes a visit. For other modules, after their own policy said yes; twice is once. */
export async function finishVisit(work: Work, visitId: string): Promise<Date> {
  const { visit, closed } = await asSystem(work, systemActor, async (system) => {
    await lockRoom(system.tx, visitId)
    const closed = await closeVisit(system.tx, visitId, work.actor.personId, work.now)
    return { closed, visit: await findVisit(system.tx, visitId) }
  })
  if (visit === undefined) throw callsErrors.VISIT_UNKNOWN()
  if (closed) await announce(work, visit)
  return visit.finished_at ?? work.now
}

/** The button "finish": only for members who may, and again after it was done it answers the same. */
export async function finishOwnVisit(work: Work, visitId: string): Promise<Date> {
  const { members } = await requireJoinable(work, visitId, { finishedToo: true })
  if (!mayFinish(work.actor, members)) throw callsErrors.VISIT_FINISH_REFUSED()
  return finishVisit(work, visitId)
}

async function announce(work: Work, visit: VisitRow): Promise<void> {
  const visitId = visit.id
  const members = await asSystem(work, systemActor, async ({ tx }) => {
    await recordFinish(tx, visitId, work.now)
    await endPresence(tx, [visitId], work.now)
    await removeAllParticipants(tx, visitId)
    await forgetPasses(tx, visitId)
    await cancelWaiting(tx, visitId, null, work.now)
    return membersOf(tx, [visitId])
  })
  await endAssists(work, { visit_id: visitId })
  await work.live(`visit:${visitId}`, 'call:finished', { visitId })
  for (const { person_id: person, guest } of members) {
    // a guest has nothing here but this visit: their pages are looked at and closed
    if (guest) await work.live(`person:${person}`, accessChanged)
    else await work.live(`person:${person}`, 'call:visits', { visitId })
  }
  work.audit({ action: 'calls.finishVisit', subject: 'visit', subjectId: visitId })
  await work.emit(visitFinished, { visitId, kind: visit.kind, finishedBy: work.actor.personId })
}
