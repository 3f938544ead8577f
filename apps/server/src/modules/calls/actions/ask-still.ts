import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { mayAskStill } from '../policy.ts'
import { participantsIn } from '../store/participant-rows.ts'
import { patientsOf } from './read-visits.ts'
import { requireInside } from './require-inside.ts'

/** Who asks for a still, and the pages that may have the camera. */
export interface StillAsked {
  readonly byName: string
  /** Leads the visit: others who lead are told, not asked. */
  readonly byHost: boolean
  readonly sockets: readonly string[]
}

/** Who leads the visit, or was called in for what is seen, asks for a still of somebody's camera in the same room. */
export async function askStill(work: Work, visitId: string, personId: string): Promise<StillAsked> {
  const { members, membership } = await requireInside(work, visitId)
  if (!mayAskStill(work.actor, members)) throw callsErrors.CALL_HOSTS_ONLY()
  const present = await asSystem(work, systemActor, ({ tx }) => participantsIn(tx, visitId))
  const pages = present.filter((page) => page.personId === personId)
  if (pages.length === 0) throw callsErrors.MEMBER_UNKNOWN()
  // a guest's page sends no files into the house
  if (pages.some((page) => page.guest === true)) throw callsErrors.STILL_OF_GUEST()
  work.audit({
    action: 'calls.askStill',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
    detail: { personId },
  })
  const sockets = pages.map((page) => page.socketId)
  return { byName: membership.name, byHost: membership.may_finish, sockets }
}
